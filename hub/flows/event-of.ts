import type { Hub } from '../context.ts'
import type { NewEvent } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'

/**
 * An event for one receiver: what happened, and where to fetch it with a token. It carries nothing of anyone. Its
 * `time` is the calendar's: what the calendar did while the hub stood still bears its own date. `seqs` are the registrations that the
 * receiver knows it to be about.
 */
export function eventOf(
  hub: Hub,
  receiver: string,
  type: string,
  dataref: string,
  { municipality = null, seqs = [] }: { municipality?: string | null; seqs?: readonly number[] } = {},
): NewEvent {
  const [id, time] = [hub.ids.next('g', receiver), hub.clock.domain().toISOString()]
  return { receiver, id, type: `nl.verwijsindex.${type}`, time, dataref, municipality, traceId: traceOf(hub, seqs) }
}

/** The trace of the newest of these registrations that this work is about. */
export function traceOf(hub: Hub, seqs: readonly number[]): string | null {
  const own = seqs.filter((seq) => hub.traces?.has(seq))
  return own.length === 0 ? null : (hub.traces?.get(Math.max(...own)) ?? null)
}

/** The same hub at work for requests about these registrations. */
export function traced(hub: Hub, rows: readonly Pick<RegistrationRow, 'seq' | 'traceId'>[]): Hub {
  return { ...hub, traces: new Map(rows.flatMap(({ seq, traceId }) => (traceId ? [[seq, traceId] as const] : []))) }
}
