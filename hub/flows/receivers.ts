import type { Regio } from '../../schemas/types.ts'
import type { Recipient } from './files.ts'

/** One who can be told: an organisation, or a coördinatiepunt (which has no involvement of its own). */
export interface Receiver extends Recipient {
  naam: string
  hasSides: boolean
}

export function receiverFor(region: Regio, id: string): Receiver | undefined {
  const point = region.coordinatiepunten.find((each) => each.id === id)
  if (point) return { id, soort: 'coordinatiepunt', naam: point.naam ?? 'Coördinatiepunt', hasSides: false }
  const organisation = region.organisaties.find((each) => each.id === id)
  return organisation && { id, soort: organisation.soort, naam: organisation.naam, hasSides: true }
}
