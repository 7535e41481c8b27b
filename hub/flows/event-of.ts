import type { Hub } from '../context.ts'
import type { NewEvent } from '../ports.ts'

/**
 * An event for one receiver: what happened, and where to fetch it with a token. It carries nothing of anyone. Its
 * `time` is the calendar's: what the calendar did while the hub stood still bears its own date.
 */
export function eventOf(hub: Hub, receiver: string, type: string, dataref: string, municipality: string | null = null): NewEvent {
  const id = hub.ids.next('g')
  return { receiver, id, type: `nl.verwijsindex.${type}`, time: hub.clock.domain().toISOString(), dataref, municipality }
}
