import type { Logger } from 'pino'
import type { Broker } from '../../ports/broker.ts'
import { createClient } from './client.ts'
import { startConsumer } from './consumer.ts'
import { prepareTopics } from './prepare.ts'
import { createPublisher } from './publisher.ts'
import type { KafkaSettings } from './settings.ts'

/** How patient it is; a test is less so. */
export interface Patience {
  publish_ms: number
  session_ms: number
  silence_ms: number
}

const PATIENCE: Patience = { publish_ms: 30_000, session_ms: 15_000, silence_ms: 60_000 }

/** Kafka through kafkajs 2.2.4; what that client gets wrong stops in this folder. */
export function kafkaBroker(settings: KafkaSettings, log: Logger, patience: Patience = PATIENCE): Broker {
  const kafka = createClient(settings, log)
  const publisher = createPublisher(kafka, patience.publish_ms)
  return {
    async prepare(topics) {
      const admin = kafka.admin()
      await admin.connect()
      try {
        await prepareTopics(admin, topics)
      } finally {
        await admin.disconnect()
      }
    },
    publish: publisher.publish,
    consume: (topics, intake) => startConsumer(kafka, topics, intake, log, { group: settings.prefix, ...patience }),
    close: publisher.close,
  }
}
