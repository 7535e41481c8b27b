import type { Hub } from '../../context.ts'
import type { RegistrationRow } from '../../rows.ts'
import { livesIn } from '../../stages/coordination/residence.ts'
import { pointFor } from '../../stages/coordination/routing.ts'

/** The coördinatiepunt of a melding about this registration: of the residence, else of a municipality in which its organisation works. */
export function pointOfRequest(hub: Hub, row: RegistrationRow): string | undefined {
  const own = hub.region.organisaties.find((each) => each.id === row.organisation)
  const municipalities = [livesIn(row), ...(own?.gemeenten ?? [])]
  return municipalities.map((each) => pointFor(hub.region, each)).find((point) => point !== undefined)
}
