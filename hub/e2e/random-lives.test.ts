import { expect } from 'chai'
import fc from 'fast-check'
import { neighbourhood } from '../flows/neighbourhood.ts'
import { familyMatches, personMatches } from '../stages/match/find-matches.ts'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { CHILDREN, type Child, type Dossier, expectedFor, ORGANISATIONS, parentsOf, type Recipient } from '../testing/oracle.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn, summaryOf } from '../testing/scenario.ts'

const RECIPIENTS: Recipient[] = [...ORGANISATIONS, 'coordinatiepunt']
const DAY = '2026-11-22'

/** One step of a life: which dossier (an organisation's first or second), and what is done with it. */
const step = fc.record({
  by: fc.constantFrom(...ORGANISATIONS),
  slot: fc.constantFrom('1', '2'),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('register' as const) },
    { weight: 8, arbitrary: fc.constant('consent' as const) },
    fc.constant('end' as const),
    fc.constant('withdraw' as const),
    fc.constant('override' as const),
  ),
  child: fc.constantFrom(...(Object.keys(CHILDREN) as Child[])),
  yes: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  to: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.constantFrom(...RECIPIENTS)),
  pick: fc.nat(99),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

describe('random lives', function () {
  this.timeout(300_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let life = 0
  before(async () => {
    test = await startTestHub({ clock: `${DAY}T09:00:00+01:00` })
    s = scenarioOn(test)
  })
  after(() => test.stop())

  const bsnOf = (child: Child) => aBsn(10_000 + life * 10 + Object.keys(CHILDREN).indexOf(child))
  const guardianOf = (kenmerk: string) => {
    const geboortedatum = `${1900 + (life % 100)}-0${kenmerk === 'm' ? 1 : 2}-03`
    const names =
      kenmerk === 'm' ? { voornamen: 'Petra', geslachtsnaam: 'Smit' } : { voornamen: 'Karel', geslachtsnaam: 'Zandstra' }
    return { kenmerk, relatie: 'ouder', gezag: 'ja', ...names, geboortedatum }
  }
  const send = (dossier: Dossier) =>
    s.register({
      by: dossier.by,
      kenmerk: dossier.kenmerk,
      versie: dossier.version,
      persoon: { bsn: bsnOf(dossier.child), geboortedatum: CHILDREN[dossier.child].born },
      gezagsdragers: parentsOf(dossier.child).map(guardianOf),
    })

  async function take(dossiers: Map<string, Dossier>, { by, slot, what, child, yes, to, pick }: Step): Promise<void> {
    const kenmerk = `${life}-${by}-${slot}`
    const dossier = dossiers.get(kenmerk)
    if (what === 'register') {
      const next = dossier ?? { by, kenmerk, child, version: 0, open: true, answers: [], overriddenFor: [] }
      // Answers do not go along to another child (decision 0025).
      if (next.child !== child) Object.assign(next, { answers: [], overriddenFor: [] })
      dossiers.set(kenmerk, Object.assign(next, { child, open: true, version: next.version + 1 }))
      await send(next)
    } else if (!dossier) return
    else if (what === 'end') {
      Object.assign(dossier, { open: false, version: dossier.version + 1 })
      await s.end(by, kenmerk, dossier.version, DAY)
    } else if (what === 'consent') {
      const givers = ['jeugdige', ...parentsOf(dossier.child)]
      const giver = givers[pick % givers.length] as string
      const bereik = to === null ? {} : { organisaties: [to] }
      const id = await s.consent(by, kenmerk, { gever: giver, antwoord: yes ? 'ja' : 'nee', bereik })
      dossier.answers.push({ id, giver, yes, to })
    } else if (what === 'withdraw') {
      const [answer] = dossier.answers.splice(pick % Math.max(1, dossier.answers.length), 1)
      if (answer) await s.withdraw(by, answer.id)
    } else {
      const ontvangers = [to ?? 'coordinatiepunt']
      const facts = { registratie: s.idOf(by, kenmerk), reden: 'veiligheid', toelichting: 'acuut', oudersGeinformeerd: true }
      await s.must(by, 'POST', '/doorbrekingen', { ...facts, ontvangers })
      dossier.overriddenFor.push(...ontvangers)
    }
  }

  const lists = async () => {
    const all = await Promise.all(RECIPIENTS.map(async (by) => [by, summaryOf(await s.matches(by, '?status=open&limiet=1000'))]))
    return Object.fromEntries(all)
  }
  const feeds = () => Promise.all(RECIPIENTS.map((by) => s.events(by)))

  /** What a receiver that only follows its feed believes to be open. */
  const believed = ({ types, paths }: { types: string[]; paths: string[] }) => {
    const open = new Set<string>()
    for (const [i, type] of types.entries()) {
      const path = paths[i] as string
      if (type === 'match.geopend') open.add(path)
      if (type === 'match.gesloten' || type === 'match.ingetrokken') open.delete(path)
    }
    return [...open].sort()
  }

  async function compare(dossiers: Dossier[]): Promise<void> {
    const seen = await lists()
    const expected = Object.fromEntries(RECIPIENTS.map((by) => [by, expectedFor(by, dossiers)]))
    expect(JSON.stringify(seen)).to.equal(JSON.stringify(expected))
    const told = await feeds()
    for (const [i, by] of RECIPIENTS.entries()) {
      const open = (await s.matches(by, '?status=open&limiet=1000')).map((match) => `/v1/matches/${match.id}`)
      expect(believed(told[i] as { types: string[]; paths: string[] }), by).to.deep.equal(open.sort())
    }
  }

  /** The store's matches against those found from nothing, and a sweep that has nothing to tell. */
  async function rebuilt(): Promise<void> {
    const before = await feeds()
    await sweep(test.hub, test.hub.clock.domain())
    expect(await feeds()).to.deep.equal(before)
    await test.hub.store.read(async (tx) => {
      const known = await tx.matches.listOpen('', 1000)
      const sides = Map.groupBy(await tx.matches.sides(known.map((match) => match.id)), (side) => side.match)
      const persons = [...new Set((await tx.registrations.listAll(0, 10_000)).flatMap((row) => row.person ?? []))]
      const { involvements } = await neighbourhood(test.hub, tx, { persons, seqs: [] })
      const found = [...personMatches(involvements), ...familyMatches(involvements)]
      const line = (kind: string, seqs: number[]) => `${kind} ${seqs.sort((a, b) => a - b)}`
      expect(
        known
          .map(({ id, kind }) =>
            line(
              kind,
              (sides.get(id) ?? []).map((side) => side.registration),
            ),
          )
          .sort(),
      ).to.deep.equal(
        found
          .map(({ kind, sides: own }) =>
            line(
              kind,
              own.map((side) => side.seq),
            ),
          )
          .sort(),
      )
    })
  }

  it('are seen by every receiver as registrations and consents alone say, at each step and rebuilt from nothing', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 26 }), async (steps) => {
        life += 1
        const dossiers = new Map<string, Dossier>()
        try {
          for (const [i, each] of steps.entries()) {
            await take(dossiers, each)
            if (i % 4 === 3) await compare([...dossiers.values()])
          }
          await compare([...dossiers.values()])
          await rebuilt()
        } finally {
          for (const dossier of dossiers.values())
            if (dossier.open && s.idOf(dossier.by, dossier.kenmerk))
              await s.end(dossier.by, dossier.kenmerk, dossier.version + 1, DAY)
        }
      }),
      { numRuns: 16 },
    ))
})
