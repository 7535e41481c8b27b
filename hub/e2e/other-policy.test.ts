import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const run = promisify(execFile)
const OFFICER = 'privacy-functionaris'

describe('policies that are switched, and what they ask', function () {
  this.timeout(60_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  const start = async (policy: string, clock = '2026-11-22T09:00:00+01:00') => {
    test = await startTestHub({ policy, clock })
    s = scenarioOn(test)
  }
  afterEach(() => test.stop())

  /** Numbers of the log's lines about what was managed, oldest first. */
  const managed = async (): Promise<number[]> => {
    const { logregels } = (await s.must(OFFICER, 'POST', '/logregels/_zoek', { actie: 'beheren' })).body
    return logregels.map(({ nummer }: { nummer: number }) => nummer).sort((a: number, b: number) => a - b)
  }
  const both = async (geboortedatum: string, givers: string[]) => {
    for (const by of ['mee', 'rubicon']) {
      const gezagsdragers = [{ kenmerk: 'o1', gezag: 'ja', relatie: 'ouder' }]
      await s.register({ by, kenmerk: by, persoon: { bsn: aBsn(7), geboortedatum }, gezagsdragers })
      for (const gever of givers) await s.consent(by, by, { gever })
    }
  }

  it('show beforehand which decisions would change, and are an event when switched', async () => {
    await start('peel-en-maas-1g1p')
    await both('2013-05-06', ['o1'])
    expect(await s.matches('mee')).to.deep.equal([])
    const { dataDir, keysDir, stateDir, database } = test.config
    const folders = { DATA_DIR: dataDir, KEYS_DIR: keysDir, STATE_DIR: stateDir, CLOCK: '2026-11-22T09:00:00+01:00' }
    const databases = database ? { DATABASE_URL: database.url, KEYS_DATABASE_URL: database.keysUrl } : {}
    const env = { ...process.env, ...folders, ...databases }
    const args = [
      '--disable-warning=ExperimentalWarning',
      MAIN,
      'policy',
      'diff',
      'peel-en-maas-1g1p',
      'ouders-12-16',
      '--huidig',
    ]
    const { stdout, code } = await run(process.execPath, args, { env }).catch((error) => error)
    const lines = stdout.split('\n').flatMap((line: string) => (line ? [JSON.parse(line)] : []))
    expect(code).to.equal(1)
    const { organisaties, coordinatiepunten } = test.hub.region
    const decisions = 2 * (organisaties.length - 1 + coordinatiepunten.length)
    expect(lines.at(-1).samenvatting).to.include({ registraties: 2, gewijzigd: decisions, opent: decisions, sluit: 0 })
    expect(lines[0]).to.nested.include({ 'van.regel': '12-16-beiden', 'naar.regel': '12-16-gezagsdragers' })

    const { next } = await s.events('mee')
    const before = await managed()
    for (const restart of ['with the other policy', 'with the same']) {
      test.config.policy = 'ouders-12-16'
      await test.restart()
      expect((await s.events('mee', next)).types.sort(), restart).to.deep.equal(['match.geopend', 'reglement.gewijzigd'])
      expect((await s.events('rubicon', next)).types, restart).to.include('reglement.gewijzigd')
      expect(await managed(), restart).to.have.length(before.length + 1)
    }
    expect((await s.must('mee', 'GET', '/reglement')).body.reglement).to.equal('ouders-12-16@1')
    const proof = (await s.must(OFFICER, 'GET', `/logregels/${(await managed()).at(-1)}/bewijs`)).body
    const line = Buffer.from(proof.regel, 'base64').toString()
    expect(line).to.match(/van peel-en-maas-1g1p@1\+[0-9a-f]{16} naar ouders-12-16@1\+[0-9a-f]{16}/)
  })

  it('warn once, sixty days before a twelfth birthday closes what is open', async () => {
    await start('peel-en-maas-1g1p')
    await both('2015-02-01', ['o1'])
    const warned = async () => (await s.events('rubicon')).types.filter((type) => type === 'toestemming.vervalt').length
    for (const [day, expected] of [
      ['2026-12-02', 0],
      ['2026-12-03', 1],
      ['2026-12-04', 1],
    ] as const) {
      test.hub.clock.domain = () => new Date(`${day}T12:00:00+01:00`)
      await sweep(test.hub, test.hub.clock.domain())
      expect(await warned(), day).to.equal(expected)
    }
  })

  it('hear the guardians of who cannot judge, under jeugdwet-7.3, once that is on record', async () => {
    await start('jeugdwet-7.3')
    await both('2011-05-06', ['o1'])
    expect(await s.matches('mee')).to.deep.equal([])
    const path = `/registraties/${s.idOf('rubicon', 'rubicon')}/oordelen`
    await s.must('rubicon', 'POST', path, { oordeelsbekwaam: false, vastgesteldDoor: 'orthopedagoog', op: '2026-11-01' })
    const [match] = await s.matches('mee')
    expect((match?.betrokkenen as { grond: object }[] | undefined)?.[0]?.grond).to.include({
      regel: '12-18-onbekwaam-gezagsdragers',
    })
    await s.must('rubicon', 'POST', path, { oordeelsbekwaam: true, vastgesteldDoor: 'orthopedagoog', op: '2026-11-20' })
    expect(await s.matches('mee', '?status=open')).to.deep.equal([])
  })
})
