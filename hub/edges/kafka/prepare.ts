import { setTimeout as wait } from 'node:timers/promises'
import kafkajs, { type Admin } from 'kafkajs'
import { HubError } from '../../errors.ts'

const PARTITIONS = 6
const LED_EVERY_MS = 100
const LED_WITHIN_MS = 30_000
/** What kafkajs can read; one batch in any other form would stop a consumer for good, so the broker has to write it anew. */
const READABLE = ['gzip', 'uncompressed']

/** Makes the topics that are missing, and refuses those that a message can be put on that this client cannot read. */
export async function prepareTopics(admin: Admin, topics: string[]): Promise<void> {
  const known = new Set(await admin.listTopics())
  const missing = topics.filter((topic) => !known.has(topic))
  const configEntries = [{ name: 'compression.type', value: 'gzip' }]
  // The brokers' own replication factor.
  const wanted = missing.map((topic) => ({ topic, numPartitions: PARTITIONS, replicationFactor: -1, configEntries }))
  if (wanted.length > 0) {
    await admin.createTopics({ topics: wanted, waitForLeaders: false })
    await untilLed(admin, missing)
  }
  const there = topics.filter((topic) => known.has(topic))
  if (there.length > 0) await refuseUnreadable(admin, there)
}

/** A broker may not know yet what the controller just made; kafkajs itself waits for a leader only, and gives up on an unknown topic. */
async function untilLed(admin: Admin, topics: string[]): Promise<void> {
  for (const from = performance.now(); ; await wait(LED_EVERY_MS)) {
    const found = await admin.fetchTopicMetadata({ topics }).catch((error) => {
      if (performance.now() - from > LED_WITHIN_MS) throw error
      return null
    })
    if (found?.topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return
    if (performance.now() - from > LED_WITHIN_MS) throw new HubError('tijdelijk-niet-beschikbaar')
  }
}

async function refuseUnreadable(admin: Admin, topics: string[]): Promise<void> {
  const type = kafkajs.ConfigResourceTypes.TOPIC
  const resources = topics.map((name) => ({ type, name, configNames: ['compression.type'] }))
  const { resources: found } = await admin.describeConfigs({ resources, includeSynonyms: false })
  const unreadable = found.filter(({ configEntries }) => !READABLE.includes(configEntries[0]?.configValue ?? ''))
  if (unreadable.length === 0) return
  const names = unreadable.map(({ resourceName }) => resourceName).join(', ')
  throw new HubError('configuratie', {
    detail: `Zet compression.type op gzip voor: ${names}. Anders houdt één bericht alles op.`,
  })
}
