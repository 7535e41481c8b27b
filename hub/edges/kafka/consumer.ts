import { setTimeout as wait } from 'node:timers/promises'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import type { Consumption, Intake } from '../../ports/broker.ts'
import { RETRY } from './client.ts'

export interface ConsumerSettings {
  group: string
  /** After this long without a sign of life the group gives a member's partitions to others. */
  session_ms: number
  /** A consumer that fetched nothing for this long, not even nothing, is replaced. */
  silence_ms: number
}

const AFTER_FAILURE_MS = 1000
const CLOSE_WITHIN_MS = 5000
const BYTES_PER_PARTITION = 1024 * 1024
const MESSAGES_MAX = 500
const BEAT_EVERY_MS = 1000

/**
 * Reads topics into an intake. Where it stands is the intake's to say: nothing is committed to the broker, and so no commit can fail. A
 * consumer that stops, whatever kafkajs says of it, or that falls silent, is thrown away and a new one made.
 */
export function startConsumer(
  kafka: Kafka,
  topics: string[],
  intake: Intake,
  log: Logger,
  settings: ConsumerSettings,
): Consumption {
  const stopping = new AbortController()
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      const reason = await runOnce(kafka, topics, intake, log, settings, stopping.signal).catch((error: unknown) => nameOf(error))
      if (stopping.signal.aborted) return
      log.warn({ reden: reason }, 'kafka: de lezer wordt vervangen')
      await wait(AFTER_FAILURE_MS, null, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

/** One consumer from its start to its end; answers why it ended. */
async function runOnce(
  kafka: Kafka,
  topics: string[],
  intake: Intake,
  log: Logger,
  { group, session_ms, silence_ms }: ConsumerSettings,
  stopping: AbortSignal,
): Promise<string> {
  const { promise: over, resolve: end } = Promise.withResolvers<string>()
  const consumer = kafka.consumer({
    groupId: group,
    sessionTimeout: session_ms,
    heartbeatInterval: Math.floor(session_ms / 4),
    maxBytesPerPartition: BYTES_PER_PARTITION,
    maxWaitTimeInMs: 500,
    retry: { ...RETRY, restartOnFailure: async () => false },
  })
  let seenAt = performance.now()
  const alive = () => {
    seenAt = performance.now()
  }
  const watch = setInterval(() => performance.now() - seenAt > silence_ms && end('silence'), silence_ms / 4)
  const stopped = () => end('stopped')
  stopping.addEventListener('abort', stopped)
  consumer.on(consumer.events.FETCH, alive)
  consumer.on(consumer.events.CRASH, ({ payload }) => end(nameOf(payload.error)))
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    alive()
    seekAll(kafka, consumer, intake, payload.memberAssignment).catch((error: unknown) => end(nameOf(error)))
  })
  try {
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (batch) => takeBatch(intake, log, batch, alive),
    })
    return await over
  } finally {
    clearInterval(watch)
    stopping.removeEventListener('abort', stopped)
    await Promise.race([consumer.disconnect().catch(() => {}), wait(CLOSE_WITHIN_MS, null, { ref: false })])
  }
}

/** Puts every partition that was given to this member where the intake says; before that it reads from the first, which does no harm. */
async function seekAll(kafka: Kafka, consumer: Consumer, intake: Intake, assignment: Record<string, number[]>): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    for (const [topic, partitions] of Object.entries(assignment)) {
      const offsets = new Map((await admin.fetchTopicOffsets(topic)).map((each) => [each.partition, each]))
      for (const partition of partitions) {
        const { low = '0', high = '0' } = offsets.get(partition) ?? {}
        const start = await intake.startAt(topic, partition, { first: BigInt(low), end: BigInt(high) })
        consumer.seek({ topic, partition, offset: String(start) })
      }
    }
  } finally {
    await admin.disconnect()
  }
}

/** Hands a fetched batch over in pieces; one that fails is tried again for as long as the partition is ours. */
async function takeBatch(intake: Intake, log: Logger, payload: EachBatchPayload, alive: () => void): Promise<void> {
  const { batch, isRunning, isStale, resolveOffset, heartbeat } = payload
  for (let from = 0; from < batch.messages.length; from += MESSAGES_MAX) {
    const piece = batch.messages.slice(from, from + MESSAGES_MAX)
    const messages = piece.map(({ offset, key, value }) => ({ offset: BigInt(offset), key: key?.toString() ?? null, value }))
    for (;;) {
      if (!isRunning() || isStale()) return
      // A heartbeat that fails is not ours to mend: the group takes this member in again by itself.
      const beat = () => void heartbeat().catch(() => {})
      const beating = setInterval(beat, BEAT_EVERY_MS)
      const failure = await intake.take(batch.topic, batch.partition, messages).then(
        () => null,
        (error: unknown) => nameOf(error),
      )
      clearInterval(beating)
      alive()
      beat()
      if (failure === null) break
      log.warn({ reden: failure, onderwerp: batch.topic, deel: batch.partition }, 'kafka: berichten niet opgeslagen, opnieuw')
      await wait(AFTER_FAILURE_MS)
    }
    resolveOffset(piece.at(-1)?.offset ?? '0')
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'onbekend'
}
