import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { DisclosureRow, RegistrationRow } from '../rows.ts'
import { seeMatches } from './match-view.ts'
import { receiverFor } from './receivers.ts'
import { toldSides } from './told.ts'

/**
 * What others were told of a registration, as far as its own organisation may know of those others: it sees the match itself, now,
 * with them in it. Of whom is sealed to it, it does not hear that they looked either. A coördinatiepunt is known to whoever sees the match.
 */
export async function viewersOf(hub: Hub, tx: Tx, row: RegistrationRow): Promise<DisclosureRow[]> {
  const owner = receiverFor(hub.region, row.organisation)
  if (!owner) return []
  const matches = await tx.matches.openTouching([], [row.seq])
  const told = await tx.matches.disclosuresOf(matches.map(({ id }) => id))
  const own = told.filter((each) => each.receiver === owner.id && each.state === 'open' && toldSides(each).own.includes(row.seq))
  const seen = await seeMatches(hub, tx, owner, own)
  const open = own.flatMap((each) => {
    const view = seen.get(each.id)?.view
    return view ? [{ match: each.match, organisations: new Set(view.others.map(({ organisation }) => organisation)) }] : []
  })
  return told.filter((other) => {
    const known = open.some(({ match, organisations }) => {
      const isPoint = receiverFor(hub.region, other.receiver)?.hasSides === false
      return match === other.match && (isPoint || organisations.has(other.receiver))
    })
    return known && other.receiver !== owner.id && toldSides(other).others.includes(row.seq)
  })
}
