import fc from 'fast-check'
import { weighed } from '../flows/persons.ts'
import { components } from '../stages/link/components.ts'
import type { TestHub } from './hub.ts'
import { aBsn } from './registration.ts'
import { scenarioOn } from './scenario.ts'

const ORGANISATIONS = ['mee', 'rubicon', 'vorkmeer', 'bureau-jeugdzorg']
interface Identity {
  voornamen: string
  adres?: null
  nummer?: number
  monthOnly?: boolean
  /** Where the household lives now, in another part of the country. */
  moved?: boolean
  older?: boolean
}

/** Who a registration may be about: twins who share an initial, their brother, at two houses, and what clerks make of them. */
const IDENTITIES: Identity[] = [
  { voornamen: 'Jasmijn' },
  { voornamen: 'J' },
  { voornamen: 'Julia' },
  { voornamen: 'Jasmijn', adres: null },
  { voornamen: 'Jasmijm' },
  { voornamen: 'Jasmein' },
  { voornamen: 'Jasmijn', nummer: 1 },
  { voornamen: 'Julia', nummer: 2 },
  { voornamen: 'Julia', nummer: 1 },
  { voornamen: 'Jasmijn', monthOnly: true },
  { voornamen: 'Jasmijn', moved: true },
  { voornamen: 'Julia', moved: true },
  { voornamen: 'Bram', older: true },
  { voornamen: 'Bram', older: true, moved: true },
]

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('register' as const),
      by: fc.nat(ORGANISATIONS.length - 1),
      slot: fc.nat(1),
      who: fc.nat(IDENTITIES.length - 1),
      parents: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('answer' as const),
      pick: fc.nat(99),
      answer: fc.constantFrom('dezelfde', 'verschillend', 'weet-niet'),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/**
 * Random sequences of registering, changing, accepting, rejecting and undoing, each of a family of its own: after each the persons in the
 * store are those that its links make when they are worked out anew, and nobody is one with whom he was kept apart from. Throws with fast-check's
 * counterexample.
 */
export async function randomLinks(test: TestHub, runs: number, seed: number): Promise<void> {
  const s = scenarioOn(test)
  let life = 0
  const play = async (steps: Step[]): Promise<void> => {
    life++
    const versions = new Map<string, number>()
    for (const each of steps) {
      if (each.what === 'register') await register(s, life, versions, each)
      else await answer(test, s, life, versions, each)
    }
    const wrong = await difference(test, s, versions)
    if (wrong !== null) throw new Error(wrong)
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), play), { numRuns: runs, seed })
}

type Scenario = ReturnType<typeof scenarioOn>

async function register(
  s: Scenario,
  life: number,
  versions: Map<string, number>,
  step: Step & { what: 'register' },
): Promise<void> {
  const by = ORGANISATIONS[step.by]!
  const kenmerk = `${life}-${step.slot}`
  const versie = (versions.get(`${by}/${kenmerk}`) ?? 0) + 1
  versions.set(`${by}/${kenmerk}`, versie)
  const { voornamen, nummer, adres, monthOnly, moved, older }: Identity = IDENTITIES[step.who]!
  const postcode = `${1000 + ((life + (moved ? 4500 : 0)) % 8999)}${moved ? 'XZ' : 'AB'}`
  const house = { postcode, huisnummer: (moved ? 300 : 1) + Math.floor(life / 8999) }
  const persoon = {
    geslachtsnaam: surnameOf(life),
    voornamen,
    geboortedatum: bornIn(older ? (life % 11_000) - 11_000 : life).slice(0, monthOnly ? 7 : 10),
    ...(adres === null ? {} : { adres: house }),
    ...(nummer === undefined ? {} : { bsn: aBsn(100_000 + life * 3 + nummer) }),
  }
  await s.register({ by, kenmerk, versie, persoon, gezagsdragers: step.parents ? parentsOf(life) : [] })
}

function parentsOf(life: number): Record<string, unknown>[] {
  const parent = { relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: surnameOf(life + 7) }
  return [{ kenmerk: 'o1', ...parent, geboortedatum: `${1950 + (life % 40)}-02-03` }]
}

const FIRST_DAY = Date.UTC(1996, 0, 2)

/** A birth date that no other family of the run has. */
function bornIn(life: number): string {
  return new Date(FIRST_DAY + (life < 0 ? life : life % 11_000) * 86_400_000).toISOString().slice(0, 10)
}

/** A surname that no other family of the run has, of letters only. */
function surnameOf(life: number): string {
  const letters = 'bdfgklmnprst'
  return `V${[...String(life)].map((digit) => `${'aeiou'[Number(digit) % 5]}${letters[Number(digit)]}`).join('')}ink`
}

async function answer(
  test: TestHub,
  s: Scenario,
  life: number,
  versions: Map<string, number>,
  { pick, answer: antwoord }: Step & { what: 'answer' },
): Promise<void> {
  const rows = await rowsOf(test, s, versions)
  const reviews = await test.hub.store.read((tx) => tx.linking.reviewsTouching(rows.map(({ seq }) => seq)))
  const review = reviews.sort((a, b) => (a.id < b.id ? -1 : 1))[pick % Math.max(1, reviews.length)]
  if (review && life > 0) await s.must('beheer', 'POST', `/koppelvragen/${review.id}/antwoorden`, { antwoord })
}

function rowsOf(test: TestHub, s: Scenario, versions: Map<string, number>) {
  const ids = [...versions.keys()].map((key) => s.idOf(...(key.split('/') as [string, string])))
  return test.hub.store.read((tx) => tx.registrations.byIds(ids))
}

/** What the persons in the store and those made anew of the links differ in; null for nothing. */
async function difference(test: TestHub, s: Scenario, versions: Map<string, number>): Promise<string | null> {
  const rows = await rowsOf(test, s, versions)
  const seqs = rows.map(({ seq }) => seq)
  const edges = await test.hub.store.read((tx) => tx.linking.edgesTouching(seqs))
  const stored = [
    ...Map.groupBy(
      rows.toSorted((a, b) => a.seq - b.seq),
      ({ person }) => person,
    ).values(),
  ]
  const kept = textOf(stored.map((group) => group.map(({ seq }) => seq)))
  const anew = textOf(components(seqs, edges.map(weighed)))
  if (kept !== anew) return `the store has ${kept}, its links make ${anew}`
  const personOf = new Map(rows.map(({ seq, person }) => [seq, person]))
  const joined = edges.filter(({ a, b, kind }) => kind === 'anders' && personOf.has(a) && personOf.get(a) === personOf.get(b))
  return joined.length === 0 ? null : `${joined.length} pairs kept apart are one person`
}

function textOf(groups: number[][]): string {
  return groups
    .map((group) => group.join(' '))
    .sort()
    .join(' | ')
}
