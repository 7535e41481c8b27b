import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { RegistrationRow } from '../../rows.ts'
import { type Files, loadFiles } from '../files.ts'
import { mayTell } from '../permits.ts'
import type { Receiver } from '../receivers.ts'

/** What one reader may know of the families of some cases at this instant. */
export interface Families {
  /** By case: every registration of the family that the reader may see, oldest first. */
  seen: Map<string, RegistrationRow[]>
  /** By case: those it began with, as far as the reader may see them. */
  begun: Map<string, RegistrationRow[]>
  /** Anchors of every registration in `seen`. */
  keys: Map<number, string[]>
  files: Files
}

/** More registrations than this share no family, but a reference such as "unknown". */
const FAMILY_MAX = 200

/**
 * Bundles who is involved over the family of each case: the persons it began with, and whoever shares an anchor with one of them.
 * Permission is asked for every registration, and what is sealed takes no part: not as somebody involved, and not as a tie
 * between two others. One step only, so never two partner steps (domain.md, Match).
 */
export async function familiesOf(hub: Hub, tx: Tx, reader: Receiver, cases: string[]): Promise<Families> {
  const links = (await tx.coordination.cases.registrationsOf(cases)).filter(({ begin }) => begin === 1)
  const begins = new Map(cases.map((id): [string, number[]] => [id, []]))
  for (const { caseId, registration } of links) begins.get(caseId)?.push(registration)
  return familiesAround(hub, tx, reader, begins)
}

/** Only what each case began with, as far as the reader may see it: what a list needs to say whom it was about. */
export async function begunOf(hub: Hub, tx: Tx, reader: Receiver, cases: string[]): Promise<Map<string, RegistrationRow[]>> {
  const links = (await tx.coordination.cases.registrationsOf(cases)).filter(({ begin }) => begin === 1)
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs([...new Set(links.map((each) => each.registration))]))
  const may = permitted(hub, files, reader)
  const begun = new Map(cases.map((id): [string, RegistrationRow[]] => [id, []]))
  for (const { caseId, registration } of links) {
    const row = files.rows.get(registration)
    if (row && may(row)) begun.get(caseId)?.push(row)
  }
  return begun
}

/** The same around registrations that are not of a case yet, each group under a name of its own. */
export async function familiesAround(hub: Hub, tx: Tx, reader: Receiver, begins: Map<string, number[]>): Promise<Families> {
  const first = await loadFiles(hub, tx, await tx.registrations.bySeqs([...new Set([...begins.values()].flat())]))
  const may = permitted(hub, first, reader)
  const near = [...first.rows.values()].filter(may)
  const keys = await tx.linking.familyKeysOf(near.map((row) => row.seq))
  const holders = await tx.linking.holdersOfFamilyKeys([...new Set([...keys.values()].flat())], FAMILY_MAX)
  const all = new Set([...first.rows.keys(), ...[...holders.values()].flat()])
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs([...all]))
  const visible = [...files.rows.values()].filter(permitted(hub, files, reader)).sort((a, b) => a.seq - b.seq)
  const allKeys = await tx.linking.familyKeysOf(visible.map((row) => row.seq))
  const known = (key: string) => holders.has(key)
  const found: Families = { seen: new Map(), begun: new Map(), keys: allKeys, files }
  const world = { byPerson: Map.groupBy(visible, (row) => row.person), byKey: holdersIn(visible, allKeys), keys: allKeys, known }
  for (const [id, numbers] of begins) {
    const seqs = new Set(numbers)
    const begun = visible.filter((row) => seqs.has(row.seq))
    found.begun.set(id, begun)
    found.seen.set(id, around(begun, world))
  }
  return found
}

interface World {
  byPerson: Map<string | null, RegistrationRow[]>
  byKey: Map<string, RegistrationRow[]>
  keys: Map<number, string[]>
  known(key: string): boolean
}

function around(begun: RegistrationRow[], { byPerson, byKey, keys, known }: World): RegistrationRow[] {
  const own = begun.flatMap((row) => (row.person === null ? [row] : (byPerson.get(row.person) ?? [])))
  const anchors = [...new Set(own.flatMap((row) => keys.get(row.seq) ?? []))].filter(known)
  const tied = anchors.flatMap((key) => byKey.get(key) ?? [])
  const all = tied.flatMap((row) => (row.person === null ? [row] : (byPerson.get(row.person) ?? [])))
  return [...new Map([...own, ...all].map((row) => [row.seq, row])).values()].sort((a, b) => a.seq - b.seq)
}

function holdersIn(rows: RegistrationRow[], keys: Map<number, string[]>): Map<string, RegistrationRow[]> {
  const holders = new Map<string, RegistrationRow[]>()
  for (const row of rows)
    for (const key of keys.get(row.seq) ?? []) {
      const known = holders.get(key)
      if (known) known.push(row)
      else holders.set(key, [row])
    }
  return holders
}

/** A reader's own, and what the policy lets it be told now; asked once for each. */
function permitted(hub: Hub, files: Files, reader: Receiver): (row: RegistrationRow) => boolean {
  const at = hub.clock.domain()
  const answers = new Map<number, boolean>()
  return (row) => {
    const known = answers.get(row.seq)
    if (known !== undefined) return known
    const isOwn = reader.hasSides && row.organisation === reader.id
    const may = files.contents.has(row.seq) && (isOwn || mayTell(hub, files, row.seq, reader, at).besluit === 'toestaan')
    answers.set(row.seq, may)
    return may
  }
}
