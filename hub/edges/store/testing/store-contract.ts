import { randomBytes } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import type { Tx } from '../../../ports.ts'
import type { Bearing } from '../../../rows.ts'
import type { OpenStore } from '../open.ts'
import { ALIKE, LINE, newEvent, newRegistration, together } from './rows.ts'

/** What every `Store` holds (hub/ports.ts), whatever the engine; `open` answers one that holds nothing. */
export function holdsStoreContract(open: () => Promise<OpenStore>): void {
  let opened: OpenStore
  before(async () => {
    opened = await open()
  })
  after(() => opened?.close())
  for (const chapter of [transactions, turns, refusals, values, log]) chapter(() => opened)
}

/** All or nothing, one at a time, one moment. */
function transactions(of: () => OpenStore): void {
  it('keeps all of a transaction, or nothing', async () => {
    await of().store.write((tx) => tx.state.set('heel', 'ja'))
    for (const write of [of().store.write, of().store.writeBeside]) {
      const failed = write(async (tx) => {
        await tx.state.set('half', 'ja')
        await tx.log.append([LINE], new Date())
        throw new Error('halverwege')
      })
      expect(await failed.catch((error: Error) => error.message)).to.equal('halverwege')
    }
    expect([await kept(of(), 'heel'), await kept(of(), 'half'), await of().accessLog.size()]).to.deep.equal(['ja', undefined, 0])
  })

  it('serves writers one at a time: none decides on what another is changing', async () => {
    await of().store.write((tx) => tx.state.set('teller', '0'))
    const count = async (tx: Tx) => {
      const before = Number(await tx.state.get('teller'))
      await turn()
      await tx.state.set('teller', String(before + 1))
    }
    await together(ALIKE, (i) =>
      i % 2 === 0
        ? of().store.write(count)
        : of().store.writeBeside(async (tx) => {
            await tx.state.get('teller')
            await tx.alone()
            await count(tx)
          }),
    )
    expect(await kept(of(), 'teller')).to.equal(String(ALIKE))
  })

  it('shows a reader one moment', async () => {
    await of().store.write(async (tx) => {
      await tx.state.set('links', '0')
      await tx.state.set('rechts', '0')
    })
    const readers = together(8, () =>
      of().store.read(async (tx) => {
        const left = await tx.state.get('links')
        await turn()
        return left === (await tx.state.get('rechts'))
      }),
    )
    await together(8, (i) =>
      of().store.write(async (tx) => {
        await tx.state.set('links', String(i))
        await tx.state.set('rechts', String(i))
      }),
    )
    expect(await readers).to.deep.equal(Array(8).fill(true))
  })
}

/** What was refused, until it is told. */
function refusals(of: () => OpenStore): void {
  it('tells what a client’s messages were refused for once, also what is committed after a higher id', async () => {
    const store = () => of().store
    const row = { client: 'mee', row: 1, faults: '[]', sealed: randomBytes(8), receivedAt: '2026-11-22T09:00:00.000Z' }
    const refused = (id: string, source = 'kafka-0') => ({ ...row, id, source })
    const untold = async () => (await store().read((tx) => tx.imports.listUntold('mee', 'q_0', 10))).map(({ id }) => id)
    await store().write((tx) =>
      tx.imports.quarantine([refused('q_2'), refused('q_3', 'api'), { ...refused('q_4'), client: 'vorkmeer' }]),
    )
    expect(await untold()).to.deep.equal(['q_2'])
    await together(2, () => store().write((tx) => tx.imports.setTold(['q_2'])))
    await store().write((tx) => tx.imports.quarantine([refused('q_1')]))
    expect(await untold()).to.deep.equal(['q_1'])
    await store().write((tx) => tx.imports.setTold(['q_1']))
    expect(await untold()).to.deep.equal([])
    const all = { quarantine: '2027', reports: '2026', messages: '2026' }
    expect((await store().write((tx) => tx.imports.forget(all, 10))).named).to.have.members(['q_1', 'q_2', 'q_3', 'q_4'])
    expect(await store().read((tx) => tx.state.get('kafka/verteld/q_2'))).to.equal(undefined)
  })
}

/** Who adds the same at once, and in which order. */
function turns(of: () => OpenStore): void {
  it('lets one of many add the same, and the others find it', async () => {
    const [reference, message] = [randomBytes(16), randomBytes(16)]
    const add = async (tx: Tx) => {
      let found = await tx.registrations.byReferences('mee', [reference])
      if (found.length > 0 && (await tx.alone())) found = await tx.registrations.byReferences('mee', [reference])
      if (found.length > 0) return false
      const registration = newRegistration({ reference })
      await tx.registrations.insert([registration])
      const receipt = { registration: registration.id, version: 1, applied: 1, created: 1, receivedAt: '' }
      await tx.inbox.insert([{ source: 'mee', message, bodyHash: randomBytes(32), ...receipt }])
      return true
    }
    const added = await together(ALIKE, () => of().store.writeBeside(add))
    expect(added.filter(Boolean)).to.have.length(1)
    const { rows, receipts } = await of().store.read(async (tx) => ({
      rows: await tx.registrations.byReferences('mee', [reference]),
      receipts: await tx.inbox.find('mee', [message, randomBytes(16)]),
    }))
    expect([rows.length, receipts.length]).to.deep.equal([1, 1])
    expect(Buffer.from(receipts[0]?.message ?? []).equals(message)).to.equal(true)
  })

  it('moves a state on from one value for one of many', async () => {
    for (const from of [undefined, '1']) {
      const to = String(Number(from ?? 0) + 1)
      const moved = await together(8, () => of().store.write((tx) => tx.state.advance('stand', from, to)))
      expect(moved.filter(Boolean)).to.have.length(1)
    }
  })

  it('numbers each receiver’s events without gaps, in the order of their commits', async () => {
    await together(ALIKE, (i) =>
      of()
        .store.write(async (tx) => {
          await tx.events.append([newEvent('mee', 2 * i), newEvent(i % 2 === 0 ? 'rubicon' : 'mee', 2 * i + 1)])
          if (i % 5 === 0) throw new Error('teruggedraaid')
        })
        .catch(() => {}),
    )
    const numbers = async (receiver: string) =>
      (await of().store.read((tx) => tx.events.list(receiver, null, 0, 1000))).map(({ number }) => number)
    for (const receiver of ['mee', 'rubicon']) {
      const found = await numbers(receiver)
      expect(found).to.deep.equal(found.map((_, i) => i + 1))
    }
    expect(await numbers('mee')).to.have.length(ALIKE - 5 + (ALIKE / 2 - 2))
  })
}

/** What goes in comes out. */
function values(of: () => OpenStore): void {
  it('orders text by its bytes', async () => {
    const ids = ['a', 'B', 'é', '_', 'Z', 'aa', 'a b', 'ĳ', '0', '😀', 'ﬁ']
    await of().store.write(async (tx) => {
      for (const id of ids)
        await tx.webhooks.insertSubscription({
          ...{ id, client: 'mee', organisation: 'orde', url: '', types: '[]', state: 'actief', createdAt: '' },
          sealedSecret: randomBytes(8),
        })
    })
    const listed = await of().store.read((tx) => tx.webhooks.listSubscriptions('orde'))
    const byBytes = [...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(listed.map(({ id }) => id)).to.deep.equal(byBytes)
  })

  it('takes lists of any length, and gives bytes and numbers back as they were', async () => {
    const rows = Array.from({ length: 700 }, () => newRegistration({ signals: 1 }))
    const seqs = await of().store.write((tx) => tx.registrations.insert(rows))
    await of().store.write((tx) => tx.registrations.setPersons([...seqs.values()].map((seq) => ({ seq, person: `p_${seq}` }))))
    const all = [...seqs.values(), ...Array.from({ length: 20_000 }, (_, i) => 1_000_000 + i)]
    const { found, bearings, envelopes, persons, none } = await of().store.read(async (tx) => ({
      found: await tx.registrations.bySeqs(all),
      bearings: await tx.registrations.bearings(all),
      envelopes: await tx.registrations.envelopes([...seqs.values()]),
      persons: await tx.registrations.byPersons([...seqs.values()].map((seq) => `p_${seq}`)),
      none: [
        await tx.registrations.bySeqs([]),
        await tx.matches.openTouching([], all),
        await tx.matches.openTouching(['p_1'], []),
        await tx.oversight.looksAt([], { from: '', until: '9' }, 10),
      ],
    }))
    expect(none).to.deep.equal([[], [], [], []])
    expect([found.length, persons.length]).to.deep.equal([700, 700])
    for (const { seq, id, person, signals } of found) expect([seqs.get(id), person, signals]).to.deep.equal([seq, `p_${seq}`, 1])
    const bearingOf = ({ seq, id, version, status, person, facts }: Bearing) => ({ seq, id, version, status, person, facts })
    expect(bearings.sort((a, b) => a.seq - b.seq)).to.deep.equal(found.sort((a, b) => a.seq - b.seq).map(bearingOf))
    for (const { id, envelope } of rows)
      expect(Buffer.from(envelopes.get(seqs.get(id) as number) ?? []).equals(Buffer.from(envelope))).to.equal(true)
  })
}

/** One log. */
function log(of: () => OpenStore): void {
  it('writes one access log, whole, whoever writes at once', async () => {
    const before = await of().accessLog.size()
    const lines = [LINE, LINE, LINE]
    await together(ALIKE, (i) =>
      (i % 2 === 0 ? of().store.write : of().store.writeBeside)((tx) => tx.log.append(lines, new Date())),
    )
    const { omvang, heel } = await of().accessLog.verify()
    expect({ omvang, heel }).to.deep.equal({ omvang: before + ALIKE * lines.length, heel: true })
  })
}

const kept = ({ store }: OpenStore, name: string) => store.read((tx) => tx.state.get(name))
