import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../stages/calendar.ts'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

/** More walks: `WALKS=10000 npx mocha --no-config --timeout 0 hub/e2e/coordination-walks.test.ts`. */
const WALKS = Number(process.env.WALKS ?? 3)
const ORGANISATIONS = ['mee', 'rubicon', 'vorkmeer'] as const
const POINT = 'coordinatiepunt'
const READERS = [...ORGANISATIONS, POINT]

type Json = Record<string, unknown>
type Organisation = (typeof ORGANISATIONS)[number]
type Act =
  | { do: 'register' | 'end' | 'request' | 'yes' | 'no'; by: Organisation; child: number }
  | { do: 'open' | 'close' | 'invite' | 'agree' | 'answer' | 'confirm'; by: Organisation; child: number }
  | { do: 'pass'; by: Organisation; child: number; days: number }

const acts = fc.array(
  fc.record({
    do: fc.constantFrom(
      ...(['register', 'register', 'yes', 'yes', 'no', 'end', 'request', 'open', 'open', 'close'] as const),
      ...(['invite', 'agree', 'agree', 'answer', 'confirm', 'pass', 'pass', 'pass'] as const),
    ),
    by: fc.constantFrom(...ORGANISATIONS),
    child: fc.integer({ min: 0, max: 1 }),
    days: fc.integer({ min: 1, max: 45 }),
  }),
  { minLength: 15, maxLength: 30 },
) as fc.Arbitrary<Act[]>

/** One hub for all walks; each walk has children of its own, of seventeen, who answer for themselves. */
describe(`coordination: ${WALKS} walks of random acts by random roles and passing days`, function () {
  this.timeout(WALKS > 10 ? 0 : 120_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let today = '2026-01-12'
  let walk = 0
  before(async () => {
    test = await startTestHub({ clock: '2026-01-12T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  after(() => test.stop())

  /** What the test itself knows: who registered, whether that is open, and what the young person answered last. */
  interface Dossier {
    by: Organisation
    child: string
    version: number
    open: boolean
    yes: boolean
  }
  interface World {
    dossiers: Map<string, Dossier>
  }
  /** Of all walks, by the id of the registration. */
  const remembered = new Map<string, Dossier>()
  const nameOf = (child: number) => `w${walk}-${child}`
  const keyOf = (by: Organisation, child: number) => `${by}/${child}`

  async function play(world: World, act: Act): Promise<void> {
    const { by, child } = act
    const dossier = world.dossiers.get(keyOf(by, child))
    const kenmerk = nameOf(child)
    if (act.do === 'register') {
      const version = (dossier?.version ?? 0) + 1
      const persoon = { bsn: aBsn(50_000 + walk * 10 + child), geboortedatum: addDays(today, -17 * 365) }
      await s.register({ by, kenmerk, versie: version, persoon, betrokkenheid: { status: 'actief', begindatum: '2026-01-05' } })
      const made = { by, child: kenmerk, version, open: true, yes: dossier?.yes ?? false }
      world.dossiers.set(keyOf(by, child), made)
      remembered.set(s.idOf(by, kenmerk), made)
    } else if (act.do === 'pass') await passDays(act.days)
    else if (dossier && (act.do === 'yes' || act.do === 'no')) {
      await s.consent(by, kenmerk, { gever: 'jeugdige', antwoord: act.do === 'yes' ? 'ja' : 'nee' })
      dossier.yes = act.do === 'yes' && dossier.yes !== null && !refused.has(keyOf(by, walk * 10 + child))
      if (act.do === 'no') refused.add(keyOf(by, walk * 10 + child))
    } else if (dossier?.open && act.do === 'end') {
      dossier.version += 1
      dossier.open = false
      await s.end(by, kenmerk, dossier.version, today)
    } else if (dossier && act.do === 'request')
      await s.must(by, 'POST', '/meldingen', { registratie: s.idOf(by, kenmerk), reden: 'coordinatie-nodig' })
    else if (act.do === 'open') await openSomething()
    else await actInCase(act)
  }
  /** A no beats a yes of equal scope, whenever it was given. */
  const refused = new Set<string>()

  async function openSomething(): Promise<void> {
    const { meldingen } = (await s.must(POINT, 'GET', '/meldingen?status=ontvangen')).body
    const [match] = await s.matches(POINT, '?status=open')
    const body = meldingen[0] ? { melding: meldingen[0].id } : match ? { match: match.id } : undefined
    if (body) await s.must(POINT, 'POST', '/coordinatiecasussen', body)
  }

  async function actInCase({ do: what, by }: Act): Promise<void> {
    const list = (await s.must(POINT, 'GET', '/coordinatiecasussen?limiet=1000')).body.coordinatiecasussen as Json[]
    const row = list.at(-1)
    if (!row) return
    const shown = (await s.must(POINT, 'GET', `/coordinatiecasussen/${row.id}`)).body
    const bodies: Record<string, Json> = {
      close: { soort: 'sluiten', reden: 'doelen-bereikt' },
      invite: { soort: 'rondetafel', uitgenodigd: [by] },
      agree: {
        soort: 'afspraak',
        door: { soort: 'organisatie', organisatie: by },
        code: 'bellen',
        uiterlijk: addDays(today, 10),
      },
      answer: { soort: 'afspraakresultaat', afspraak: shown.afspraken?.[0]?.id ?? 's_1', nagekomen: true },
      confirm: { soort: 'bevestigen' },
    }
    const body = bodies[what]
    if (!body) return
    const { status } = await test.ask(POINT, 'POST', `/coordinatiecasussen/${row.id}/handelingen`, { body })
    expect(status).to.be.oneOf([201, 400, 409])
  }

  async function passDays(days: number): Promise<void> {
    today = addDays(today, days)
    const shift = Date.parse(`${today}T12:00:00+01:00`) - Date.now()
    test.hub.clock.domain = () => new Date(Date.now() + shift)
    await sweep(test.hub, test.hub.clock.domain())
    const now = test.hub.clock.domain().toISOString()
    const late = await test.hub.store.read(async (tx) => [
      ...(await tx.coordination.deadlines.due(now, 10)),
      ...(await tx.coordination.deadlines.dueClimbs(now, 10)),
    ])
    expect(late, 'a term that passed unseen').to.eql([])
    await everyCaseHasSomebody()
  }

  /** After a sweep a case that does not ask has open involvement that its point may see; one that was confirmed is left alone. */
  async function everyCaseHasSomebody(): Promise<void> {
    const open = (await s.must(POINT, 'GET', '/coordinatiecasussen?status=open&limiet=1000')).body.coordinatiecasussen as Json[]
    for (const { id } of open.slice(-3)) {
      const [row] = await test.hub.store.read(async (tx) => [await tx.coordination.cases.byId(String(id))])
      const shown = (await s.must(POINT, 'GET', `/coordinatiecasussen/${id}`)).body
      if (shown.vraagtSinds === undefined && row?.askedAt === null) expect(shown.betrokkenen, 'a case of nobody').not.to.eql([])
    }
  }

  /** Nobody sees an organisation that the young person of the case did not say yes to, by what the test itself remembers. */
  async function nobodySeesMore(): Promise<void> {
    for (const reader of READERS) {
      const list = (await s.must(reader, 'GET', '/coordinatiecasussen?limiet=1000')).body.coordinatiecasussen as Json[]
      for (const { id } of list.slice(-3)) {
        const shown = (await s.must(reader, 'GET', `/coordinatiecasussen/${id}`)).body
        const child = await childOf(String(id))
        const told = [...remembered.values()].filter((each) => each.child === child && each.open && each.yes)
        const parties = (shown.betrokkenen as { organisatie: { id: string } }[]).map(({ organisatie }) => organisatie.id)
        expect(
          told.map(({ by }) => by as string),
          `what ${reader} sees`,
        ).to.include.members(parties)
      }
    }
  }

  async function childOf(id: string): Promise<string | undefined> {
    return test.hub.store.read(async (tx) => {
      const begun = (await tx.coordination.cases.registrationsOf([id])).filter(({ begin }) => begin === 1)
      const [row] = await tx.registrations.bySeqs(begun.map(({ registration }) => registration))
      return row && remembered.get(row.id)?.child
    })
  }

  it('break no invariant', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (played) => {
        walk += 1
        await passDays(1)
        const world: World = { dossiers: new Map() }
        for (const act of played) await play(world, act)
        await nobodySeesMore()
      }),
      { numRuns: WALKS, endOnFailure: true },
    )
  })

  it('leave figures that equal a recount from the log', async () => {
    const counted = await test.hub.store.read(async (tx) => (await tx.figures.cases()).length)
    const objects: (string | null)[] = []
    for (let cursor = ''; ; ) {
      const page = await test.hub.accessLog.lines({ actie: 'aanmaken' }, null, cursor, 1000)
      objects.push(...page.rows.map((row) => row.object))
      if (!page.next) break
      cursor = page.next
    }
    expect(new Set(objects.filter((id) => id?.startsWith('c_'))).size).to.equal(counted)
  })
})
