import type { Tx } from '../../ports.ts'
import type { RegistrationRow } from '../../rows.ts'

/**
 * The registrations that count as the giver's own while a hand-over runs: what the taker registered of the same person since it was
 * offered. So the overlap of the two is no match, and a match of either with a third stays what it is.
 */
export async function handedOver(tx: Tx, rows: RegistrationRow[], day: string): Promise<Map<number, string>> {
  const counted = new Map<number, string>()
  const offers = await tx.coordination.handovers.standing(
    rows.map((row) => row.seq),
    day,
  )
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  for (const { registration, fromOrganisation, toOrganisation, offeredAt } of offers) {
    const person = bySeq.get(registration)?.person
    const taken = rows.filter(
      (row) => row.organisation === toOrganisation && row.person === person && person !== null && row.receivedAt >= offeredAt,
    )
    for (const row of taken) counted.set(row.seq, fromOrganisation)
  }
  return counted
}
