import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recomputePersons } from './persons.ts'
import { rejoin } from './rejoin.ts'

/**
 * Takes persons apart that turned out to go by two names which are both in use, as twins do: the linker's own links within each go, and its
 * registrations are judged anew, those of a name in use first. What fits both names is asked. A person that somebody made one by
 * an answer stays one. Runs when the batch's own links are written. Answers every person concerned.
 */
export async function part(hub: Hub, tx: Tx, persons: Iterable<string>): Promise<string[]> {
  const concerned: string[] = []
  for (const person of persons) {
    const seqs = (await tx.registrations.byPersons([person])).map((row) => row.seq)
    const edges = (await tx.linking.edgesTouching(seqs)).filter(({ kind }) => kind === 'zelfde')
    if (edges.some(({ origin }) => origin === 'mens')) continue
    await tx.linking.removeEdges(edges.flatMap(({ id, origin }) => (origin === 'regel' ? [id] : [])))
    concerned.push(...(await recomputePersons(hub, tx, [person])), ...(await rejoin(hub, tx, seqs)))
  }
  return concerned
}
