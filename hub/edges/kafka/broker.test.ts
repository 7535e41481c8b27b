import { createHook } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { zstdCompressSync } from 'node:zlib'
import { expect } from 'chai'
import kafkajs, { CompressionTypes, Kafka, logLevel } from 'kafkajs'
import type { Address } from '../../../deploy/engines/engine.ts'
import { kafka } from '../../../deploy/engines/kafka.ts'
import { engineOrSkip } from '../../../deploy/engines/needed.ts'
import { signalEngine, startEngine } from '../../../deploy/engines/running.ts'
import { HubError } from '../../errors.ts'
import type { Broker } from '../../ports/broker.ts'
import { createLog } from '../log.ts'
import { kafkaBroker } from './broker.ts'
import type { KafkaSettings } from './settings.ts'
import { holdsBrokerContract, memory, messagesOf, newTopic, sorted, until } from './testing/contract.ts'
import { type Line, startLine } from './testing/proxy.ts'

const IMPATIENT = { publish_ms: 4000, session_ms: 6000, silence_ms: 12_000 }
const PATIENT = { ...IMPATIENT, publish_ms: 60_000 }

describe('Kafka through kafkajs', function () {
  this.timeout(180_000)
  let address: Address
  before(async function () {
    address = await engineOrSkip(this, kafka)
  })
  const settingsFor = (broker: string | undefined): KafkaSettings => ({
    brokers: [broker!],
    prefix: newTopic(),
    tls: null,
    sasl: null,
  })
  const open = (patience = PATIENT, settings = settingsFor(address.brokers)) =>
    kafkaBroker(settings, createLog('silent'), patience)

  describe('holds the contract of the port', () => holdsBrokerContract(open))

  describe('over a line that fails', () => {
    let proxy: Line
    let broker: Broker
    before(async () => {
      const [port, target] = [address.proxied, address.fault].map((place) => Number(place!.split(':')[1]))
      proxy = await startLine(port!, target!)
    })
    afterEach(async () => {
      proxy.mode = 'pass'
      proxy.delay_ms = 0
      await broker?.close()
    })
    after(() => proxy?.close())

    it('loses no message that was acknowledged after a send that failed', async () => {
      broker = open(IMPATIENT, settingsFor(address.proxied))
      const topic = newTopic()
      await broker.prepare([topic])
      const send = (value: string) => broker.publish(topic, [{ key: 'k', value, headers: {} }])
      await send('1')
      proxy.mode = 'swallow'
      expect(await send('2').catch(() => 'failed')).to.equal('failed')
      proxy.mode = 'pass'
      proxy.cut()
      await send('3')
      await send('4')
      expect([...new Set(await readAll(topic, 3))]).to.eql(['1', '2', '3', '4'])
    })

    it('reads on after every connection was cut, and over a slow line', async () => {
      broker = open(PATIENT, settingsFor(address.proxied))
      const topic = newTopic()
      await broker.prepare([topic])
      const intake = memory()
      const reading = broker.consume([topic], intake)
      for (let round = 0; round < 4; round++) {
        await broker.publish(topic, messagesOf(round * 100, 100))
        await until(() => intake.values().length > round * 100)
        proxy.delay_ms = round * 30
        proxy.cut()
      }
      await until(() => intake.values().length >= 400)
      await reading.stop()
      expect(sorted(intake.values())).to.eql(Array.from({ length: 400 }, (_, i) => i))
    })

    it('reads on after the group expelled it', async () => {
      broker = open(IMPATIENT, settingsFor(address.proxied))
      const topic = newTopic()
      await broker.prepare([topic])
      const direct = open()
      const intake = memory()
      const reading = broker.consume([topic], intake)
      await direct.publish(topic, messagesOf(0, 50))
      await until(() => intake.values().length >= 50)
      proxy.mode = 'swallow'
      await wait(IMPATIENT.session_ms + 2000)
      await direct.publish(topic, messagesOf(50, 50))
      proxy.mode = 'pass'
      await until(() => intake.values().length >= 100)
      await reading.stop()
      await direct.close()
      expect(sorted(intake.values())).to.eql(Array.from({ length: 100 }, (_, i) => i))
    })
  })

  it('goes on, without loss or double, after the broker was killed and after it hung', async () => {
    const broker = open()
    const topic = newTopic()
    await broker.prepare([topic])
    const intake = memory()
    const reading = broker.consume([topic], intake)
    await broker.publish(topic, messagesOf(0, 100))
    await until(() => intake.values().length >= 100)
    signalEngine(kafka, 'SIGKILL')
    const sending = broker.publish(topic, messagesOf(100, 100))
    await wait(500)
    await startEngine(kafka)
    await sending
    await until(() => intake.values().length >= 200)
    signalEngine(kafka, 'SIGSTOP')
    await wait(IMPATIENT.session_ms + 1000)
    signalEngine(kafka, 'SIGCONT')
    await broker.publish(topic, messagesOf(200, 100))
    await until(() => intake.values().length >= 300)
    await reading.stop()
    await broker.close()
    expect(sorted(intake.values())).to.eql(Array.from({ length: 300 }, (_, i) => i))
  })

  it('reads what others compressed in a form that this client does not know, on topics that it made', async () => {
    const broker = open()
    const topic = newTopic()
    await broker.prepare([topic])
    await sendZstd(topic, ['a', 'b', 'c'])
    const intake = memory()
    const reading = broker.consume([topic], intake)
    await until(() => intake.values().length >= 3)
    await reading.stop()
    await broker.close()
    expect(intake.values().toSorted()).to.eql(['a', 'b', 'c'])
  })

  it('refuses a topic on which such a message would stay as it is', async () => {
    const topic = newTopic()
    const admin = rawClient().admin()
    await admin.connect()
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
    await admin.disconnect()
    const broker = open()
    const error = await broker.prepare([topic]).catch((reason: unknown) => reason)
    await broker.close()
    expect(error).to.be.instanceOf(HubError).with.property('detail').that.includes(topic)
  })

  it('replaces a consumer that stopped for good', async () => {
    const topic = newTopic()
    const admin = rawClient().admin()
    await admin.connect()
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: false })
    await until(() =>
      admin.fetchTopicMetadata({ topics: [topic] }).then(
        ({ topics }) => topics.every(({ partitions }) => partitions[0]?.leader !== undefined && partitions[0].leader >= 0),
        () => false,
      ),
    )
    const broker = open()
    const intake = memory()
    await sendZstd(topic, ['unreadable'])
    const reading = broker.consume([topic], intake)
    await wait(3000)
    // Now the one that stopped it is gone, and who reads on finds what comes after.
    await admin.fetchTopicOffsets(topic)
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '1' }] })
    await admin.disconnect()
    await broker.publish(topic, messagesOf(0, 10))
    await until(() => intake.values().length >= 10)
    await reading.stop()
    await broker.close()
    expect(sorted(intake.values())).to.eql(Array.from({ length: 10 }, (_, i) => i))
  })

  it('rests while nothing happens', async () => {
    const broker = open()
    const topic = newTopic()
    await broker.prepare([topic])
    await broker.publish(topic, messagesOf(0, 1))
    let timers = 0
    const hook = createHook({
      init: (_id, type) => {
        if (type === 'Timeout') timers++
      },
    }).enable()
    await wait(1000)
    hook.disable()
    await broker.close()
    expect(timers).to.be.below(100)
  })

  it('speaks TLS and logs in', async () => {
    const tls = { ca: readFileSync(address.ca!, 'utf8') }
    for (const mechanism of ['plain', 'scram-sha-512'] as const) {
      const sasl = { mechanism, username: 'hub', password: address.password! }
      const broker = open(PATIENT, { ...settingsFor(address.secure), tls, sasl })
      const topic = newTopic()
      await broker.prepare([topic])
      await broker.publish(topic, messagesOf(0, 1))
      await broker.close()
      expect(await readAll(topic, 1)).to.eql(['0'])
    }
  })

  function rawClient(): Kafka {
    return new Kafka({ brokers: [address.brokers!], logLevel: logLevel.NOTHING })
  }

  /** Everything on a topic, once at least so many are there. */
  async function readAll(topic: string, count: number): Promise<string[]> {
    const reader = open()
    const intake = memory()
    const reading = reader.consume([topic], intake)
    await until(() => new Set(intake.values()).size >= count)
    await wait(500)
    await reading.stop()
    await reader.close()
    return intake.values()
  }

  async function sendZstd(topic: string, values: string[]): Promise<void> {
    const codecs = kafkajs.CompressionCodecs as Record<number, unknown>
    const before = codecs[CompressionTypes.ZSTD]
    codecs[CompressionTypes.ZSTD] = () => ({
      compress: async ({ buffer }: { buffer: Buffer }) => zstdCompressSync(buffer),
      decompress: async () => {
        throw new Error('unknown')
      },
    })
    // Idempotent: a partition of a new topic can be without its leader for a moment, and what is sent again must not stand there twice.
    const producer = rawClient().producer({ idempotent: true, maxInFlightRequests: 1 })
    await producer.connect()
    await producer.send({ topic, messages: values.map((value) => ({ value })), compression: CompressionTypes.ZSTD })
    await producer.disconnect()
    codecs[CompressionTypes.ZSTD] = before
  }
})
