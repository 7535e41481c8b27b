import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { STEPS } from '../faults/steps.ts'

describe('the table of steps at which hubs are killed', () => {
  it('has every step of the driver, in its order, and no other', () => {
    const guide = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')
    const table = guide.split('| step | what is done by then, and what is not |\n|---|---|\n')[1]?.split('\n\n')[0] ?? ''
    expect(table.split('\n').map((row) => row.split('|')[1]?.trim())).to.eql(STEPS.map(({ name }) => name))
  })
})
