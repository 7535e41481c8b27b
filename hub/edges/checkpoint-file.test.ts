import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { publishCheckpoint, readCheckpoint, readState, writeCheckpoint } from './checkpoint-file.ts'

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

  it('keeps what earlier checkpoints said, but of lines behind a smaller one', async () => {
    const state = join(folder, 'eerder')
    const note = (size: number, fill: number) => `log\n${size}\n${Buffer.alloc(32, fill).toString('base64')}\n\nondertekend\n`
    expect(await readState(state)).to.deep.equal({ note: null, earlier: [] })
    await publishCheckpoint(state, note(1, 1))
    const line = readFileSync(join(state, 'checkpoints'), 'utf8').slice(2)
    writeFileSync(join(state, 'checkpoints'), Array.from({ length: 4_099 }, (_, i) => `${i + 1} ${line}`).join(''))
    await publishCheckpoint(state, note(4_100, 1))
    const { note: last, earlier } = await readState(state)
    expect(last).to.equal(note(4_100, 1))
    expect(earlier.length).to.be.within(2_000, 4_000)
    expect([earlier[0]?.size, earlier.at(-1)?.size]).to.deep.equal([1, 4_100])
    await publishCheckpoint(state, note(3_500, 2))
    const after = (await readState(state)).earlier
    expect(after.at(-1)).to.deep.equal({ size: 3_500, root: Buffer.alloc(32, 2) })
    expect(after.slice(0, -1).every(({ size }) => size < 3_500)).to.equal(true)
  })

  it('says so when the folder cannot be read', async () => {
    await writeCheckpoint(folder, 'x')
    const failed = await readCheckpoint(join(folder, 'checkpoint')).catch((error) => error.code)
    expect(failed).to.equal('ENOTDIR')
  })
})
