import { readFileSync } from 'node:fs'

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const

type Named<M> = M extends string ? { mechanism: M; username: string; password: string } : never
type Sasl = Named<(typeof MECHANISMS)[number]>

export interface KafkaSettings {
  brokers: string[]
  prefix: string
  /** PEM texts; null: plain TCP. */
  tls: { ca?: string; cert?: string; key?: string } | null
  sasl: Sasl | null
}

type Name =
  | 'KAFKA_BROKERS'
  | 'KAFKA_TOPIC_PREFIX'
  | 'KAFKA_TLS'
  | `KAFKA_TLS_${'CA' | 'CERT' | 'KEY'}`
  | 'KAFKA_SASL'
  | `KAFKA_SASL_${'USERNAME' | 'PASSWORD_FILE'}`

/** How to reach Kafka, from the settings; null when there is none. What is wrong goes to `faults`, without a value. */
export function readKafkaSettings(value: (name: Name) => string, faults: string[]): KafkaSettings | null {
  const found: string[] = []
  const brokers = value('KAFKA_BROKERS')
    .split(',')
    .map((broker) => broker.trim())
  if (!brokers.every((broker) => /^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i.test(broker)))
    found.push('KAFKA_BROKERS: geef adressen als host:poort, gescheiden door komma’s.')
  const prefix = value('KAFKA_TOPIC_PREFIX')
  if (!/^[\w.-]{1,100}$/.test(prefix)) found.push('KAFKA_TOPIC_PREFIX: gebruik letters, cijfers, punten en streepjes.')
  const tls = readTls(value, found)
  const sasl = readSasl(value, tls !== null, found)
  if (!value('KAFKA_BROKERS')) return null
  faults.push(...found)
  return { brokers, prefix, tls, sasl }
}

function readTls(value: (name: Name) => string, faults: string[]): KafkaSettings['tls'] {
  if (!['0', '1'].includes(value('KAFKA_TLS'))) faults.push('KAFKA_TLS: kies 1 of 0.')
  if (Boolean(value('KAFKA_TLS_CERT')) !== Boolean(value('KAFKA_TLS_KEY')))
    faults.push('KAFKA_TLS_CERT en KAFKA_TLS_KEY: geef beide, of geen van beide.')
  const [ca, cert, key] = (['KAFKA_TLS_CA', 'KAFKA_TLS_CERT', 'KAFKA_TLS_KEY'] as const).map((name) =>
    readText(name, value, faults),
  )
  if (value('KAFKA_TLS') !== '1') return null
  return { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) }
}

function readSasl(value: (name: Name) => string, isTls: boolean, faults: string[]): KafkaSettings['sasl'] {
  const chosen = value('KAFKA_SASL')
  const username = value('KAFKA_SASL_USERNAME')
  const password = readText('KAFKA_SASL_PASSWORD_FILE', value, faults).trim()
  if (!chosen) return null
  const mechanism = MECHANISMS.find((name) => name === chosen)
  if (!mechanism) faults.push(`KAFKA_SASL: kies uit ${MECHANISMS.join(', ')}.`)
  if (mechanism === 'plain' && !isTls)
    faults.push('KAFKA_SASL: plain alleen met KAFKA_TLS=1; anders gaat het wachtwoord leesbaar over de lijn.')
  if (!username || !password) faults.push('KAFKA_SASL: geef ook KAFKA_SASL_USERNAME en KAFKA_SASL_PASSWORD_FILE.')
  return { mechanism: mechanism ?? 'scram-sha-512', username, password }
}

function readText(name: Name, value: (name: Name) => string, faults: string[]): string {
  if (!value(name)) return ''
  try {
    return readFileSync(value(name), 'utf8')
  } catch {
    faults.push(`${name}: het bestand is niet te lezen.`)
    return ''
  }
}
