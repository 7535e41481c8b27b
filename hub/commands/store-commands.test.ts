import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { aRegistration } from '../testing/registration.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

interface Ran {
  code: number
  lines: Record<string, unknown>[]
  errors: string
}

describe('commands on the store', function () {
  this.timeout(120_000)
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verwijsindex-commando-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const run = (...args: string[]): Promise<Ran> => {
    const env = {
      ...process.env,
      DATA_DIR: join(folder, 'd'),
      KEYS_DIR: join(folder, 'k'),
      STATE_DIR: join(folder, 's'),
      LOG_LEVEL: 'silent',
    }
    const node = ['--disable-warning=ExperimentalWarning', MAIN, ...args]
    return new Promise((resolve) =>
      execFile(process.execPath, node, { env }, (error, stdout, stderr) => {
        const lines = stdout.split('\n').flatMap((line) => (line ? [JSON.parse(line)] : []))
        resolve({ code: error ? Number(error.code) : 0, lines, errors: stderr })
      }),
    )
  }
  const file = (...registrations: object[]) => {
    const path = join(folder, 'in.ndjson')
    writeFileSync(path, registrations.map((each) => `${JSON.stringify(each)}\n`).join(''))
    return path
  }

  it('import says of each row what became of it, and of the same file again that it is double', async () => {
    const good = aRegistration()
    const path = file(good, { ...aRegistration(), persoon: {} })
    const first = await run('import', 'eigen', path, '--client', 'rubicon')
    expect(first.code).to.equal(1)
    expect(first.lines.map(({ regel, uitkomst }) => [regel, uitkomst])).to.deep.include.members([
      [1, 'geaccepteerd'],
      [2, 'afgekeurd'],
    ])
    expect(first.lines.at(-1)).to.deep.equal({
      samenvatting: { gelezen: 2, geaccepteerd: 1, afgekeurd: 1, dubbel: 0, hervat: 0 },
    })
    const again = await run('import', 'eigen', path, '--client', 'rubicon')
    expect(again.lines[0]).to.include({ uitkomst: 'dubbel', id: first.lines[0]?.id })
    const exported = await run('export')
    expect(exported.lines.map(({ bronbericht, status }) => [bronbericht, status])).to.deep.equal([[good.bronbericht, 'verwerkt']])
  })

  it('import finds its client by the adapter, or asks for one; a dry run keeps nothing', async () => {
    const path = file(aRegistration())
    expect((await run('import', 'eigen', path)).code).to.equal(2)
    expect((await run('import', 'onbekend', path)).code).to.equal(2)
    const dry = await run('import', 'eigen', path, '--client', 'mee', '--dry-run')
    expect([dry.code, dry.lines[0]?.uitkomst]).to.deep.equal([0, 'geaccepteerd'])
    expect((await run('export')).code).to.equal(3)
  })

  it('sweep and migrate do nothing twice', async () => {
    await run('import', 'eigen', file(aRegistration()), '--client', 'mee')
    const swept = await run('sweep', '--date', '2027-01-01')
    const { datum, ...counts } = swept.lines[0] ?? {}
    expect(datum).to.equal('2027-01-01')
    expect(counts).to.include.all.keys('matches', 'verlopen', 'gewaarschuwd', 'gearchiveerd', 'vernietigd', 'sleutels')
    expect(new Set(Object.values(counts))).to.deep.equal(new Set([0]))
    expect((await run('sweep', '--date', '2027-02-30')).code).to.equal(2)
    expect((await run('migrate')).lines).to.deep.equal([{ uitgevoerd: [] }])
    expect((await run('verify-log')).lines[0]).to.include({ heel: true })
  })

  it('restore is the only way back to a backup, and says so in the log', async () => {
    await run('import', 'eigen', file(aRegistration()), '--client', 'mee')
    const copy = join(folder, 'backup')
    expect((await run('backup', copy)).code).to.equal(0)
    expect((await run('backup', copy)).code).to.equal(2)
    await run('import', 'eigen', file(aRegistration()), '--client', 'mee')
    expect((await run('export')).lines).to.have.length(2)
    const restored = await run('restore', copy)
    expect(restored.code, restored.errors).to.equal(0)
    expect((await run('export')).lines).to.have.length(1)
    expect((await run('verify-log')).lines[0]).to.include({ heel: true })
    expect((await run('import', 'eigen', file(aRegistration()), '--client', 'mee')).code).to.equal(0)
  })

  it('what was erased after a backup is erased again when it is put back, older keys included', async () => {
    const registration = aRegistration({ kenmerk: 'd-1' })
    await run('import', 'eigen', file(registration), '--client', 'mee')
    const [copy, keys] = [join(folder, 'gewist-backup'), join(folder, 'gewist-keys')]
    expect((await run('backup', copy)).code).to.equal(0)
    cpSync(join(folder, 'k'), keys, { recursive: true })
    const ended = { status: 'afgesloten', begindatum: '2026-01-05', einddatum: '2026-01-06', afsluitreden: 'onterecht' }
    await run(
      'import',
      'eigen',
      file({ ...registration, bronbericht: 'b-2', versie: 2, betrokkenheid: ended }),
      '--client',
      'mee',
    )
    await run('sweep')
    expect((await run('export')).lines).to.have.length(0)
    cpSync(keys, join(folder, 'k'), { recursive: true })
    const restored = await run('restore', copy)
    expect(restored.lines[0]).to.include({ gewist: 1 })
    expect((await run('export')).lines).to.have.length(0)
    expect((await run('verify-log')).lines[0]).to.include({ heel: true })
  })
})
