import type { Coordinatiecasus } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import type { RegistrationRow } from '../../rows.ts'
import { whereTheyLive } from '../../stages/coordination/residence.ts'
import { type Residence, routeOf } from '../../stages/coordination/routing.ts'
import { receiverFor } from '../receivers.ts'

/** Where these live, by what they tell among themselves. */
export function residencesOf(rows: RegistrationRow[]): Residence[] {
  return whereTheyLive(rows).map(({ municipality, roleInFamily, receivedAt }) => ({
    municipality,
    role: roleInFamily,
    receivedAt,
  }))
}

/**
 * Who leads by the policy's rules where these live in more than one municipality; nothing where they do not. `involved`: only what the
 * reader may see, so that nothing else moves the answer.
 */
export function leadingOf(hub: Hub, involved: RegistrationRow[]): Pick<Coordinatiecasus, 'leidend'> {
  const { municipalities, leading } = routeOf(hub.region, hub.policy.coordinatie.leidend, residencesOf(involved))
  if (!leading || municipalities.length < 2) return {}
  const { municipality, point } = leading
  const naam = receiverFor(hub.region, point)?.naam ?? point
  return { leidend: { gemeente: municipality, coordinatiepunt: { id: point, naam } } }
}
