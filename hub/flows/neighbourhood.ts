import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { MatchRow, MatchSideRow, RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import { handedOver } from './coordination/handed-over.ts'
import { involvementOf, takesPart } from './involvements.ts'

/** What changed: the persons to look at anew, and registrations that may have left another person's match. */
export interface Touched {
  persons: string[]
  seqs: number[]
}

/** All registrations of some persons, with the keys of their families. */
export interface PersonFiles {
  rows: RegistrationRow[]
  keys: Map<number, string[]>
}

export async function loadPersons(tx: Tx, persons: string[]): Promise<PersonFiles> {
  const rows = await tx.registrations.byPersons([...new Set(persons)])
  return { rows, keys: await tx.linking.familyKeysOf(rows.map((row) => row.seq)) }
}

/** Everything that a change can bear upon. */
export interface Neighbourhood {
  /** Every registration of everyone in it. */
  rows: Map<number, RegistrationRow>
  /** The open involvements of everyone in it. */
  involvements: Involvement[]
  /** The open matches in it, and the sides of each. */
  known: MatchRow[]
  sides: Map<string, MatchSideRow[]>
}

/** More registrations than this share no family, but a reference such as "unknown". */
const FAMILY_MAX = 200

interface Walk {
  rows: Map<number, RegistrationRow>
  keys: Map<number, string[]>
  /** Family keys that were looked up: true where they make a family. */
  anchors: Map<string, boolean>
  known: Map<string, MatchRow>
  sides: Map<string, MatchSideRow[]>
}

/**
 * Walks from what changed over family ties and standing matches until nobody new turns up: which groups are the largest, and so
 * which matches ought to be, can only be said of the whole. `first` are the registrations of the touched persons, where these are known already.
 */
export async function neighbourhood(hub: Hub, tx: Tx, touched: Touched, first?: PersonFiles): Promise<Neighbourhood> {
  const walk: Walk = { rows: new Map(), keys: new Map(), anchors: new Map(), known: new Map(), sides: new Map() }
  const seen = new Set<string>()
  let persons = [...new Set(touched.persons)]
  let seqs = touched.seqs
  let found = first
  do {
    for (const person of persons) seen.add(person)
    const files = found ?? (await loadPersons(tx, persons))
    persons = (await step(tx, walk, persons, seqs, files)).filter((person) => !seen.has(person))
    seqs = []
    found = undefined
  } while (persons.length > 0)
  const day = dayOf(hub.clock.domain())
  const family = (seq: number) => (walk.keys.get(seq) ?? []).filter((key) => walk.anchors.get(key))
  const open = [...walk.rows.values()].filter((row) => takesPart(hub, row, day)).sort((a, b) => a.seq - b.seq)
  const handed = await handedOver(tx, open, day)
  const involvements = open.map((row) => involvementOf(row, family(row.seq), handed.get(row.seq)))
  return { rows: walk.rows, involvements, known: [...walk.known.values()], sides: walk.sides }
}

/** Takes these persons in, and answers all who share an anchor or a match with them. */
async function step(tx: Tx, walk: Walk, persons: string[], seqs: number[], { rows, keys }: PersonFiles): Promise<string[]> {
  for (const row of rows) walk.rows.set(row.seq, row)
  const own = rows.map((row) => row.seq)
  for (const [seq, each] of keys) walk.keys.set(seq, each)
  const fresh = [...new Set([...keys.values()].flat())].filter((key) => !walk.anchors.has(key))
  const holders = await tx.linking.holdersOfFamilyKeys(fresh, FAMILY_MAX)
  for (const key of fresh) walk.anchors.set(key, holders.has(key))
  const matches = await tx.matches.openTouching([...persons, ...fresh], [...own, ...seqs])
  const unknown = matches.filter((match) => !walk.known.has(match.id))
  for (const match of unknown) {
    walk.known.set(match.id, match)
    walk.sides.set(match.id, [])
  }
  const sides = await tx.matches.sides(unknown.map((match) => match.id))
  for (const side of sides) walk.sides.get(side.match)?.push(side)
  const near = new Set([...[...holders.values()].flat(), ...sides.map((side) => side.registration)])
  return tx.registrations.personsOf([...near].filter((seq) => !walk.rows.has(seq)))
}
