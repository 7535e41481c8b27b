import { Kafka, type logCreator, logLevel } from 'kafkajs'
import type { Logger } from 'pino'
import { quietIdleTimer } from './idle-timer.ts'
import type { KafkaSettings } from './settings.ts'

/** Enough attempts for a broker that is away for a minute: with few, a consumer ends and begins over and over. */
export const RETRY = { retries: 30, initialRetryTime: 100, maxRetryTime: 2000 }

/** A client for these brokers. What kafkajs says goes to our own log, its texts without a message's content. */
export function createClient({ brokers, tls, sasl }: KafkaSettings, log: Logger): Kafka {
  quietIdleTimer()
  return new Kafka({
    clientId: 'verwijsindex',
    brokers,
    ...(tls ? { ssl: tls } : {}),
    ...(sasl ? { sasl } : {}),
    connectionTimeout: 3000,
    requestTimeout: 10_000,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator: logTo(log),
  })
}

/** Its errors are ours to judge: what it tries again itself is a warning. */
function logTo(log: Logger): logCreator {
  return () =>
    ({ namespace, log: { message, error } }) =>
      log.warn({ onderdeel: namespace, fout: typeof error === 'string' ? error.slice(0, 300) : undefined }, `kafka: ${message}`)
}
