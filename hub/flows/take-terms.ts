import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import { hubLine } from '../stages/audit/line-of.ts'
import { dayOf } from '../stages/calendar.ts'
import { retentionOf } from '../stages/retention/term.ts'
import { type Erasing, eraseRegistrations } from './erase.ts'
import { keptFacts } from './kept-facts.ts'
import { reassess } from './reassess.ts'

/** More registrations than this share no family, but a reference such as "unknown". */
const FAMILY_MAX = 200

/**
 * Brings these registrations where their term says they are on the hub's day: into the archive, or destroyed, and with the family's
 * last young person its adults. Answers how many of each.
 */
export async function takeTerms(hub: Hub, seqs: number[]): Promise<{ archived: number; erased: number }> {
  const day = dayOf(hub.clock.domain())
  const { archive, erase } = await hub.store.read((tx) => dueOf(hub, tx, seqs, day))
  const archived = archive.length === 0 ? 0 : await hub.store.write((tx) => toArchive(hub, tx, archive, day))
  const grown = erase.filter(({ ground }) => ground === 'eindleeftijd')
  const adults = grown.length > 0 ? await hub.store.read((tx) => adultsLeft(tx, grown, erase)) : []
  const alsoGoing = new Set(adults.map(({ id }) => id))
  const erased = await eraseRegistrations(hub, [...erase, ...adults], async (tx) => {
    const due = new Set((await dueOf(hub, tx, seqs, day)).erase.map(({ id }) => id))
    return (id) => due.has(id) || alsoGoing.has(id)
  })
  return { archived, erased }
}

type Due = Erasing & { seq: number }

async function dueOf(hub: Hub, tx: Tx, seqs: number[], day: string): Promise<{ archive: RegistrationRow[]; erase: Due[] }> {
  const rows = await tx.registrations.bySeqs(seqs)
  const contents = await hub.contents.open(tx, rows)
  const archive: RegistrationRow[] = []
  const erase: Due[] = []
  for (const row of rows) {
    const content = contents.get(row.seq)
    if (!content || row.state !== 'verwerkt') continue
    const { archiveOn, destroyOn, ground } = retentionOf(hub.policy, keptFacts(row, content.registration))
    if (destroyOn !== null && destroyOn <= day) erase.push({ seq: row.seq, id: row.id, ground })
    else if (archiveOn !== null && archiveOn <= day) archive.push(row)
  }
  return { archive, erase }
}

/**
 * An archive does not match: whoever was told hears that the match closed. A newer version that came in since they were looked through is another matter, and
 * waits for its own turn. Answers how many.
 */
async function toArchive(hub: Hub, tx: Tx, found: RegistrationRow[], day: string): Promise<number> {
  const before = found.map((row) => row.seq)
  const { archive: rows } = await dueOf(hub, tx, before, day)
  if (rows.length === 0) return 0
  const seqs = rows.map((row) => row.seq)
  await tx.registrations.setArchived(seqs, day)
  const facts = { actie: 'wijzigen', uitkomst: 'toegestaan', controles: 'bewaren,archief' } as const
  await tx.log.append(
    rows.map((row) => hubLine({ ...facts, object: row.id, persoon: row.person })),
    hub.clock.real(),
  )
  await reassess(hub, tx, { persons: [...new Set(rows.flatMap((row) => row.person ?? []))], seqs })
  return rows.length
}

/** The adults of families of which no young person is registered any more. */
async function adultsLeft(tx: Tx, grown: Due[], going: Due[]): Promise<Due[]> {
  const gone = new Set(going.map(({ seq }) => seq))
  const keys = [...(await tx.linking.familyKeysOf(grown.map(({ seq }) => seq))).values()].flat()
  const families = [...(await tx.linking.holdersOfFamilyKeys(keys, FAMILY_MAX)).values()]
  const rows = new Map((await tx.registrations.bySeqs([...new Set(families.flat())])).map((row) => [row.seq, row]))
  const youth = (seq: number) => rows.get(seq)?.roleInFamily === 'jeugdige' && !gone.has(seq)
  const kept = new Set(families.filter((family) => family.some(youth)).flat())
  return [...rows.values()]
    .filter(({ seq, roleInFamily }) => roleInFamily !== 'jeugdige' && !gone.has(seq) && !kept.has(seq))
    .map(({ seq, id }) => ({ seq, id, ground: 'gezin-zonder-jeugdige' }))
}
