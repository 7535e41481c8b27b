import { encodeTime } from 'ulid'
import type { Hub } from '../context.ts'
import type { Broker, Outgoing } from '../ports/broker.ts'
import type { EventRow, QuarantineRow } from '../rows.ts'
import { hubLine, NO_TRACE } from '../stages/audit/line-of.ts'
import { showEvent } from './look-others.ts'

const BATCH = 500
const DAY_MS = 86_400_000
const TIME_LETTERS = 10

/**
 * Sends the next events of one receiver's feed, in its order, and then notes how far it came: after a failure in between the same ones
 * go again, with the same ids. Answers how many.
 */
export async function publishEvents(hub: Hub, broker: Broker, receiver: string, topic: string): Promise<number> {
  const name = `kafka/gebeurtenissen/${receiver}`
  const { from, events } = await hub.store.read(async (tx) => {
    const from = await tx.state.get(name)
    const point = hub.region.coordinatiepunten.find(({ id }) => id === receiver)
    return { from, events: await tx.events.list(receiver, point?.gemeenten ?? null, Number(from ?? 0), BATCH) }
  })
  const last = events.at(-1)
  if (!last) return 0
  await broker.publish(
    topic,
    events.map((event) => messageOf(hub, event)),
  )
  await hub.store.write(async (tx) => {
    if (!(await tx.state.advance(name, from, String(last.number)))) return
    const lines = events.map(({ id, traceId }) =>
      hubLine({
        actie: 'exporteren',
        object: id,
        organisatie: receiver,
        controles: 'kafka',
        traceId: traceId ?? NO_TRACE,
        uitkomst: 'toegestaan',
      }),
    )
    await tx.log.append(lines, hub.clock.real())
  })
  return events.length
}

/**
 * The same for what a client's messages were refused for: place and faults, never content. What was told is marked row by row, since another hub's
 * row can be committed after one with a higher id; what is older than a day, when nothing waits, is not looked at any more.
 */
export async function publishRefusals(hub: Hub, broker: Broker, client: string, topic: string): Promise<number> {
  const name = `kafka/afgekeurd/${client}`
  const { from, rows } = await hub.store.read(async (tx) => {
    const from = await tx.state.get(name)
    return { from, rows: await tx.imports.listUntold(client, from ?? '', BATCH) }
  })
  if (rows.length > 0) {
    await broker.publish(
      topic,
      rows.flatMap((row) => refusalOf(row) ?? []),
    )
    await hub.store.write((tx) => tx.imports.setTold(rows.map(({ id }) => id)))
    return rows.length
  }
  const now_ms = hub.clock.real().getTime()
  if (from === undefined || from < idAt(now_ms - 2 * DAY_MS))
    await hub.store.write((tx) => tx.state.advance(name, from, idAt(now_ms - DAY_MS)))
  return 0
}

/** Before every id in the quarantine that was made from this moment on. */
const idAt = (ms: number) => `q_${encodeTime(ms, TIME_LETTERS)}`

/** What a message's refusal is known by, in the quarantine. */
export const labelOf = (partition: number): string => `kafka-${partition}`

function refusalOf({ id, source, row, faults, receivedAt }: QuarantineRow): Outgoing | undefined {
  const partition = /^kafka-(\d+)$/.exec(source)?.[1]
  if (partition === undefined) return undefined
  const value = { id, deel: Number(partition), positie: row, ontvangenOp: receivedAt, fouten: JSON.parse(faults) }
  return { key: id, value: JSON.stringify(value), headers: { 'content-type': 'application/json' } }
}

/** CloudEvents in structured mode; the key is the match (or what else it is about), so that its events keep their order. */
function messageOf(hub: Hub, event: EventRow): Outgoing {
  const key = event.dataref.split('/').at(-1) ?? event.id
  const trace: Record<string, string> = event.traceId
    ? { traceparent: `00-${event.traceId}-${event.traceId.slice(0, 16)}-01` }
    : {}
  const value = JSON.stringify(showEvent(hub, event))
  return { key, value, headers: { 'content-type': 'application/cloudevents+json; charset=utf-8', ...trace } }
}
