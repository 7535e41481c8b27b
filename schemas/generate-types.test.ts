import { expect } from 'chai'
import { readText } from './files.ts'
import { generateTypes } from './generate-types.ts'

describe('types.ts', () => {
  it('is what the schemas say now; run `npm run types` after changing a schema', async () => {
    expect(readText('types.ts')).to.equal(await generateTypes())
  })
})
