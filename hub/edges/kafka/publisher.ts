import { setTimeout as wait } from 'node:timers/promises'
import { type Kafka, Partitioners, type Producer } from 'kafkajs'
import type { Outgoing } from '../../ports/broker.ts'
import { RETRY } from './client.ts'

const ALL_REPLICAS = -1
const ATTEMPTS = 12
const CLOSE_WITHIN_MS = 3000

export interface Publisher {
  publish(topic: string, messages: Outgoing[]): Promise<void>
  close(): Promise<void>
}

/**
 * Sends batches one at a time. After a send that fails the producer is thrown away: it would give the next batch the number of the
 * failed one, the broker would take it for a repetition, and an acknowledged message would be lost.
 */
export function createPublisher(kafka: Kafka, deadline_ms: number): Publisher {
  let producer: Promise<Producer> | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function open(): Promise<Producer> {
    const made = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
      // A producer that was thrown away goes on with what it had, so it has to come to an end.
      retry: { ...RETRY, retries: ATTEMPTS },
    })
    await made.connect()
    return made
  }

  async function send(topic: string, messages: Outgoing[]): Promise<void> {
    producer ??= open()
    const current = producer
    try {
      await within(deadline_ms, async () => (await current).send({ topic, messages, acks: ALL_REPLICAS }))
    } catch (error) {
      producer = undefined
      void current.then((gone) => gone.disconnect()).catch(() => {})
      throw error
    }
  }

  return {
    publish(topic, messages) {
      const sent = last.then(() => send(topic, messages))
      last = sent.catch(() => {})
      return sent
    },
    async close() {
      const current = producer
      producer = undefined
      if (current)
        await Promise.race([
          current.then((open) => open.disconnect()).catch(() => {}),
          wait(CLOSE_WITHIN_MS, null, { ref: false }),
        ])
    },
  }
}

async function within<T>(limit_ms: number, work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${limit_ms} ms`)), limit_ms)
  try {
    return await Promise.race([work(), promise])
  } finally {
    clearTimeout(timer)
  }
}
