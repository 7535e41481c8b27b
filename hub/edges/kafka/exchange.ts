import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { parseJson } from '../../../adapters/readers/json-text.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import { rowOfBatch } from '../../flows/import-rows.ts'
import { isTemporary } from '../../flows/processed.ts'
import { labelOf, publishEvents, publishRefusals } from '../../flows/publish.ts'
import { type Message, type Stretch, takeMessages } from '../../flows/take-messages.ts'
import type { Broker, Consumption, Incoming, Intake } from '../../ports/broker.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import { type Topics, topicsOf } from './topics.ts'

/** While more registrations than this wait to be linked, no further messages are taken. */
const WAITING_MAX = 1000
const BYTES_MAX = 1024 * 1024
const LOOK_AGAIN_MS = 200
const STOP_WITHIN_MS = 4000
const PREPARE_AGAIN_MS = 5000

/** The hub on a broker: registrations come in, events and refusals go out. */
export interface Exchange {
  /** Sends what waits to go out; answers how much. For a worker. */
  publishOnce(): Promise<number>
  stop(): Promise<void>
}

/** Begins as soon as the broker can be reached; until then, and whenever it is away, the hub does all its other work. */
export function startExchange(hub: Hub, broker: Broker, prefix: string, log: Logger): Exchange {
  const topics = topicsOf(prefix, hub.region)
  const stopping = new AbortController()
  const { signal } = stopping
  let consumption: Consumption | undefined
  let isReady = false
  const started = (async () => {
    while (!signal.aborted && !isReady) {
      isReady = await prepare(broker, topics, log)
      if (!isReady) await wait(PREPARE_AGAIN_MS, null, { signal }).catch(() => {})
    }
    if (!signal.aborted) consumption = broker.consume([...topics.registrations.values()], intakeOf(hub, topics, log, signal))
  })()
  return {
    publishOnce: async () => (isReady ? publishAll(hub, broker, topics) : 0),
    async stop() {
      stopping.abort()
      const ended = started.then(async () => {
        await consumption?.stop()
        await broker.close()
      })
      // A broker that is away would keep the hub from ending: what it was busy with is in the store, or comes again.
      await Promise.race([ended, wait(STOP_WITHIN_MS, null, { ref: false })])
    },
  }
}

async function prepare(broker: Broker, { registrations, refused, events }: Topics, log: Logger): Promise<boolean> {
  try {
    await broker.prepare([registrations, refused, events].flatMap((topics) => [...topics.values()]))
    return true
  } catch (error) {
    const reason = error instanceof HubError ? error.detail : error instanceof Error ? error.message : 'onbekend'
    log.error({ reden: reason }, 'kafka: de onderwerpen zijn nog niet te gebruiken, opnieuw')
    return false
  }
}

async function publishAll(hub: Hub, broker: Broker, { events, refused }: Topics): Promise<number> {
  let sent = 0
  for (const [receiver, topic] of events) sent += await publishEvents(hub, broker, receiver, topic)
  for (const [client, topic] of refused) sent += await publishRefusals(hub, broker, client, topic)
  return sent
}

/** Positions lie in the store, and move in the transaction of what the messages brought about. */
function intakeOf(hub: Hub, { registrations }: Topics, log: Logger, signal: AbortSignal): Intake {
  const clients = new Map([...registrations].map(([client, topic]) => [topic, client]))
  const positionOf = (topic: string, partition: number) => `kafka/positie/${topic}/${partition}`
  return {
    async startAt(topic, partition, { first, end }) {
      const name = positionOf(topic, partition)
      const stored = await hub.store.read((tx) => tx.state.get(name))
      if (stored === undefined || BigInt(stored) <= end) return stored === undefined ? first : BigInt(stored)
      // The topic was made anew: what stands in it now has never been read. Known messages are known again by their id.
      log.warn({ onderwerp: topic, deel: partition }, 'kafka: het onderwerp is korter dan wat gelezen was; vanaf het begin')
      await hub.store.write((tx) => tx.state.advance(name, stored, String(first)))
      return first
    },
    async take(topic, partition, messages) {
      const client = clients.get(topic)
      if (client === undefined) return
      await room(hub, signal)
      const read = messages.map(readMessage)
      const position = positionOf(topic, partition)
      await takeOrSetAside(hub, { client, position, label: labelOf(partition), messages: read })
    },
  }
}

/** A message on which the hub itself fails is refused, so that it holds no other up. */
async function takeOrSetAside(hub: Hub, stretch: Stretch): Promise<void> {
  try {
    await takeMessages(hub, stretch)
  } catch (error) {
    if (isTemporary(error)) throw error
    const { messages } = stretch
    if (messages.length > 1) for (const message of messages) await takeOrSetAside(hub, { ...stretch, messages: [message] })
    else await takeMessages(hub, { ...stretch, messages: messages.map(withoutContent) })
  }
}

function withoutContent(message: Message): Message {
  return { ...message, row: { ...message.row, registration: undefined, fouten: [FAILED] } }
}

/** Waits until the linker has caught up enough; a sender's messages are safe where they are. */
async function room(hub: Hub, signal: AbortSignal): Promise<void> {
  const isFull = async () => (await hub.store.read((tx) => tx.registrations.waiting(WAITING_MAX))).length >= WAITING_MAX
  while (await isFull()) await wait(LOOK_AGAIN_MS, null, { signal })
}

function readMessage({ offset, key, value }: Incoming): Message {
  const row = rowOfBatch(readJson(value))
  return { offset, key, row: { ...row, regel: Number(offset) } }
}

function readJson(value: Buffer | null) {
  if (value === null) return { json: undefined, faults: [EMPTY], text: '' }
  if (value.length > BYTES_MAX) return { json: undefined, faults: [TOO_LARGE], text: value.toString('latin1') }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(value)
    const { value: json, fouten } = parseJson(text)
    return { json, faults: fouten, text }
  } catch {
    return { json: undefined, faults: [NOT_UTF8], text: value.toString('latin1') }
  }
}

const NOT_UTF8 = faultOf('', 'tekenset', 'Het bericht is geen geldige UTF-8.', 'Stuur de tekst in UTF-8.')
const EMPTY = faultOf('', 'leeg', 'Het bericht heeft geen inhoud.', 'Sluit een registratie af met de status afgesloten.')
const FAILED = faultOf(
  '',
  'verwerking',
  'De verwijsindex kon dit bericht niet verwerken.',
  'Vraag het beheer van de verwijsindex.',
)
const TOO_LARGE = faultOf('', 'te-groot', 'Het bericht is groter dan 1 MiB.', 'Stuur een kleiner bericht.')
