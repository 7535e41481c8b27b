import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts'

describe('checkpoint in the state folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verwijsindex-state-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is null before the first, then the last one written, and nothing else lies there', async () => {
    const state = join(folder, 'nieuw', 'state')
    expect(await readCheckpoint(state)).to.equal(null)
    await writeCheckpoint(state, 'een langere notitie\n')
    await writeCheckpoint(state, 'twee\n')
    expect(await readCheckpoint(state)).to.equal('twee\n')
    expect(readdirSync(state)).to.deep.equal(['checkpoint'])
    expect(statSync(join(state, 'checkpoint')).mode & 0o777).to.equal(0o600)
  })

  it('says so when the folder cannot be read', async () => {
    await writeCheckpoint(folder, 'x')
    const failed = await readCheckpoint(join(folder, 'checkpoint')).catch((error) => error.code)
    expect(failed).to.equal('ENOTDIR')
  })
})
