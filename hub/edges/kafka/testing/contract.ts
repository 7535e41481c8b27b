import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import type { Broker, Incoming, Intake, Outgoing } from '../../../ports/broker.ts'

/** An intake that keeps what it takes and where it stands, as a store would. */
export interface Memory extends Intake {
  /** Values in the order in which they were taken, by partition. */
  taken: Map<number, string[]>
  positions: Map<string, bigint>
  /** What to throw at the next `take`; once. */
  failure: Error | undefined
  values(): string[]
}

export function memory(): Memory {
  const own: Memory = {
    taken: new Map(),
    positions: new Map(),
    failure: undefined,
    values: () => [...own.taken.values()].flat(),
    startAt: async (topic, partition, { first }) => own.positions.get(`${topic}/${partition}`) ?? first,
    async take(topic, partition, messages: Incoming[]) {
      const { failure } = own
      own.failure = undefined
      if (failure) throw failure
      const at = own.positions.get(`${topic}/${partition}`) ?? 0n
      const fresh = messages.filter(({ offset }) => offset >= at)
      own.taken.set(partition, [...(own.taken.get(partition) ?? []), ...fresh.map(({ value }) => String(value))])
      const last = fresh.at(-1)
      if (last) own.positions.set(`${topic}/${partition}`, last.offset + 1n)
    },
  }
  return own
}

export const newTopic = () => `proef.${randomBytes(6).toString('hex')}`

/** `count` messages `from`, `from + 1` …, over a few keys. */
export function messagesOf(from: number, count: number): Outgoing[] {
  return Array.from({ length: count }, (_, i) => ({ key: `k${(from + i) % 5}`, value: String(from + i), headers: {} }))
}

const WAIT_MAX_MS = 90_000

/** Waits for what must come; throws when it does not. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MAX_MS
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not so within ${WAIT_MAX_MS} ms: ${isSo}`)
    await wait(50)
  }
}

export const sorted = (values: string[]) => values.map(Number).toSorted((a, b) => a - b)

/** What every broker of the port must hold, whatever the client library. */
export function holdsBrokerContract(open: () => Broker): void {
  let broker: Broker
  let topic: string
  before(async () => {
    broker = open()
    topic = newTopic()
    await broker.prepare([topic])
  })
  after(() => broker?.close())

  it('makes topics once', () => broker.prepare([topic]))

  it('gives every message to the group once, those of one key in order', async () => {
    await broker.publish(topic, messagesOf(0, 500))
    const intake = memory()
    const members = [broker.consume([topic], intake), broker.consume([topic], intake)]
    await until(() => intake.values().length >= 500)
    await broker.publish(topic, messagesOf(500, 500))
    await until(() => intake.values().length >= 1000)
    await Promise.all(members.map((member) => member.stop()))
    expect(sorted(intake.values())).to.eql(Array.from({ length: 1000 }, (_, i) => i))
    for (const values of intake.taken.values())
      for (const key of [0, 1, 2, 3, 4]) {
        const own = values.map(Number).filter((value) => value % 5 === key)
        expect(own).to.eql(own.toSorted((a, b) => a - b))
      }
  })

  it('goes on where the intake says, not where the broker remembers', async () => {
    const intake = memory()
    for (let partition = 0; partition < 6; partition++) intake.positions.set(`${topic}/${partition}`, 10_000n)
    const first = new Set<number>()
    const start = intake.startAt
    intake.startAt = async (name, partition, available) => {
      if (!first.has(partition)) intake.positions.set(`${name}/${partition}`, available.end)
      first.add(partition)
      return start(name, partition, available)
    }
    const reading = broker.consume([topic], intake)
    await until(() => first.size === 6)
    await broker.publish(topic, messagesOf(2000, 20))
    await until(() => intake.values().length >= 20)
    await reading.stop()
    expect(sorted(intake.values())).to.eql(Array.from({ length: 20 }, (_, i) => 2000 + i))
  })

  it('brings what could not be stored again', async () => {
    const intake = memory()
    intake.failure = new Error('no store')
    const own = newTopic()
    await broker.prepare([own])
    await broker.publish(own, messagesOf(0, 20))
    const reading = broker.consume([own], intake)
    await until(() => intake.values().length >= 20)
    await reading.stop()
    expect(sorted(intake.values())).to.eql(Array.from({ length: 20 }, (_, i) => i))
    expect(intake.failure).to.equal(undefined)
  })
}
