import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow } from '../rows.ts'
import { hubLine } from '../stages/audit/line-of.ts'
import { dayOf } from '../stages/calendar.ts'
import { reassess } from './reassess.ts'

/** A registration that goes, and the policy's word for why. */
export interface Erasing {
  id: string
  ground: string
}

/**
 * Destroys registrations: first the erasure list, then the rows with all that hangs on them, then the keys, then what the journals
 * still hold. Whoever was told of one is told that it is withdrawn. A crash in between is finished by `finishErasures`. `isDue` judges
 * anew, in the turn in which they go: a newer version may have come in since. Answers how many went.
 */
export async function eraseRegistrations(
  hub: Hub,
  erasing: Erasing[],
  isDue: (tx: Tx) => Promise<(id: string) => boolean> = async () => () => true,
): Promise<number> {
  if (erasing.length === 0) return 0
  return eraseThose(hub, async (tx) => {
    const due = await isDue(tx)
    const going = erasing.filter(({ id }) => due(id))
    // The list comes first, whatever becomes of the transaction; written twice it says the same.
    await hub.erased.add(
      going.map(({ id }) => id),
      dayOf(hub.clock.domain()),
    )
    return new Map(going.map(({ id, ground }) => [id, ground]))
  })
}

/** Erases again what stands on the erasure list: after a crash, or when an older copy was put back. Answers how many rows it found. */
export async function finishErasures(hub: Hub): Promise<number> {
  const ids = await hub.erased.list()
  if (ids.length === 0) return 0
  const rows = await hub.store.read((tx) => tx.registrations.byIds(ids))
  const keys = [...(await hub.dataKeys.get(ids)).keys()]
  if (rows.length === 0 && keys.length === 0) return 0
  const listed = new Map([...rows.map((row) => row.id), ...keys].map((id) => [id, 'wislijst']))
  await eraseThose(hub, async () => listed)
  return rows.length
}

/** `listed`: what goes, each with its ground, once it stands on the erasure list. */
async function eraseThose(hub: Hub, listed: (tx: Tx) => Promise<Map<string, string>>): Promise<number> {
  const { ids, stale } = await hub.store.write(async (tx) => {
    const grounds = await listed(tx)
    const ids = [...grounds.keys()]
    const rows = await tx.registrations.byIds(ids)
    const keys = await tx.keyEpochs.blockingKeys(rows.map((row) => row.seq))
    await withdraw(hub, tx, rows)
    await tx.registrations.erase(
      rows.map((row) => row.seq),
      dayOf(hub.clock.domain()),
    )
    await tx.log.append(
      rows.map((row) => hubLine({ ...ERASED, object: row.id, persoon: row.person, controles: `bewaren,${grounds.get(row.id)}` })),
      hub.clock.real(),
    )
    return { ids, stale: [...keys].map(([seq, own]) => ({ seq, keys: own })) }
  })
  if (ids.length === 0) return 0
  await hub.index.remove(stale)
  hub.contents.forget(ids)
  await hub.dataKeys.destroy(ids)
  await hub.store.scrub()
  return ids.length
}

const ERASED = { actie: 'verwijderen', uitkomst: 'toegestaan' } as const

/** Everyone who was told hears that it is withdrawn, before the row goes. */
async function withdraw(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<void> {
  const seqs = rows.map((row) => row.seq)
  await tx.registrations.setFrozen(seqs, 1)
  const persons = [...new Set(rows.flatMap((row) => row.person ?? []))]
  await reassess(hub, tx, { persons, seqs })
  await bridge(hub, tx, new Set(seqs))
}

/** That two registrations are about one person stays decided when the one between them goes. */
async function bridge(hub: Hub, tx: Tx, gone: Set<number>): Promise<void> {
  const edges = (await tx.linking.edgesTouching([...gone])).filter((edge) => edge.kind === 'zelfde')
  const near = new Map<number, Set<number>>()
  for (const { a, b } of edges)
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      if (gone.has(from)) near.set(from, (near.get(from) ?? new Set()).add(to))
  const added: Omit<EdgeRow, 'id'>[] = []
  const seen = new Set<number>()
  for (const start of near.keys()) {
    const left = survivors(start, near, gone, seen)
    for (const [i, a] of left.entries()) if (i > 0) added.push(joined(hub, a, left[i - 1] as number, edges[0] as EdgeRow))
  }
  await tx.linking.insertEdges(added)
}

/** The registrations that stay, around one group of those that go. */
function survivors(start: number, near: Map<number, Set<number>>, gone: Set<number>, seen: Set<number>): number[] {
  const left = new Set<number>()
  const todo = seen.has(start) ? [] : [start]
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    seen.add(at)
    for (const next of near.get(at) ?? []) {
      if (!gone.has(next)) left.add(next)
      else if (!seen.has(next)) todo.push(next)
    }
  }
  return [...left].sort((a, b) => a - b)
}

function joined(hub: Hub, a: number, b: number, { model }: EdgeRow): Omit<EdgeRow, 'id'> {
  const createdAt = hub.clock.domain().toISOString()
  return { a, b, kind: 'zelfde', origin: 'gewist', provisional: 0, evidence: '{}', model, review: null, createdAt }
}
