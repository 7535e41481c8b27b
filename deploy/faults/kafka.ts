// npm run faults:kafka -- [--messages 10000] [--kills 5] [--seed 1]
// Sends registrations over Kafka, with duplicates, out of order, every 100th poisoned, to three readers of one hub, while the broker is
// killed and readers come and go; then counts what is lost, what is double, and what is in quarantine.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { loadConfig } from '../../hub/config.ts'
import type { Hub } from '../../hub/context.ts'
import { kafkaBroker } from '../../hub/edges/kafka/broker.ts'
import { type Exchange, startExchange } from '../../hub/edges/kafka/exchange.ts'
import { createLog } from '../../hub/edges/log.ts'
import { startWorker } from '../../hub/edges/workers.ts'
import { openHub } from '../../hub/hub.ts'
import { processWaiting } from '../../hub/pipeline.ts'
import { kafka } from '../engines/kafka.ts'
import { signalEngine, startEngine } from '../engines/running.ts'
import { messagesFor, type Planted } from './kafka-messages.ts'

const READERS = 3
const SEND_BATCH = 200
const WITHIN_MS = 60_000

const { values } = parseArgs({ options: { messages: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' } } })
const [messages, kills, seed] = [Number(values.messages ?? 10_000), Number(values.kills ?? 5), Number(values.seed ?? 1)]
const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
const prefix = `faults-${Date.now()}`
try {
  const { brokers = '' } = await startEngine(kafka)
  process.exitCode = (await play(brokers)) ? 0 : 1
  // Clients of the broker's earlier lives still try.
  setTimeout(() => process.exit(), 1000).unref()
} finally {
  rmSync(root, { recursive: true, force: true })
}

async function play(brokers: string): Promise<boolean> {
  const folders = { DATA_DIR: join(root, 'data'), KEYS_DIR: join(root, 'keys'), STATE_DIR: join(root, 'state') }
  const config = loadConfig({ demo: true }, { ...folders, KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: prefix })
  const log = createLog('silent')
  const { hub, close } = await openHub(config, 'faults', log)
  const settings = config.kafka as NonNullable<typeof config.kafka>
  const reader = () => startExchange(hub, kafkaBroker(settings, log), prefix, log)
  const readers = Array.from({ length: READERS }, reader)
  const linking = startWorker('koppelen', hub.linking, log, () => processWaiting(hub, 500))
  const sender = kafkaBroker({ ...settings, prefix: `${prefix}-sender` }, log)
  const planted = messagesFor(messages, seed)
  const from = performance.now()
  const disturbing = disturb(readers, reader)
  for (const [client, sent] of planted.sent)
    for (let at = 0; at < sent.length; at += SEND_BATCH)
      await publish(sender, `${prefix}.registraties.${client}`, sent.slice(at, at + SEND_BATCH))
  await disturbing
  const sentAt = performance.now()
  const caughtUp_ms = await untilAllRead(hub, planted)
  const good = await judge(hub, planted, { sent_ms: sentAt - from, caughtUp_ms })
  await Promise.all([...readers.map((each) => each.stop()), linking.stop(), sender.close()])
  await close()
  return good
}

/** A sender that is told of a failure sends the same again. */
async function publish(
  sender: ReturnType<typeof kafkaBroker>,
  topic: string,
  batch: Parameters<typeof sender.publish>[1],
): Promise<void> {
  for (;;) {
    const sent = await sender.publish(topic, batch).then(
      () => true,
      () => false,
    )
    if (sent) return
    await wait(500)
  }
}

/** Kills and starts the broker, and each time lets one reader go and another come. */
async function disturb(readers: Exchange[], reader: () => Exchange): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    await wait(3000)
    signalEngine(kafka, 'SIGKILL')
    await wait(500)
    await startEngine(kafka)
    const gone = readers.shift()
    readers.push(reader())
    await gone?.stop()
    process.stderr.write(`${kill + 1} of ${kills} kills\n`)
  }
}

async function counts(hub: Hub): Promise<{ registrations: number; refused: number }> {
  return hub.store.read(async (tx) => ({
    registrations: await tx.registrations.count(),
    refused: (await tx.imports.listQuarantine('', 1_000_000)).length,
  }))
}

async function untilAllRead(hub: Hub, { references, poison }: Planted): Promise<number> {
  const from = performance.now()
  for (;;) {
    const { registrations, refused } = await counts(hub)
    const taken = performance.now() - from
    if ((registrations >= references && refused >= poison) || taken > 5 * WITHIN_MS) return taken
    await wait(200)
  }
}

async function judge(
  hub: Hub,
  { references, poison }: Planted,
  times: { sent_ms: number; caughtUp_ms: number },
): Promise<boolean> {
  await wait(3000)
  const { registrations, refused } = await counts(hub)
  const { heel } = await hub.accessLog.verify()
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  process.stdout.write(
    `seed ${seed}: ${messages} messages, ${kills} kills of the broker, ${READERS} readers; lost ${references - registrations}, ` +
      `quarantined ${refused} of ${poison} planted, log ${heel ? 'whole' : 'BROKEN'}; sent in ${seconds(times.sent_ms)} s, ` +
      `all read ${seconds(times.caughtUp_ms)} s later\n`,
  )
  return registrations === references && refused === poison && heel
}
