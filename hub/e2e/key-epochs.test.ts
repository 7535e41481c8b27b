import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { deliveryOf } from '../bench/deliveries.ts'
import { inventedRegistrations } from '../bench/registrations.ts'
import { type Config, loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { addLinkEpoch, dropLinkEpochs } from '../edges/keys/rotate.ts'
import { createLog } from '../edges/log.ts'
import { answerReview } from '../flows/answer-review.ts'
import { rotateLinkKeys } from '../flows/key-epochs.ts'
import { type OpenHub, openHub } from '../hub.ts'
import { accept, processWaiting } from '../pipeline.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { scenarioOn } from '../testing/scenario.ts'

const SENT = inventedRegistrations(280, { withBsn: false, seed: 31 })
/** Without a server nothing moves by itself: every order of steps is one that the test chose. */
const GROUP = 4
const PIECE = 8

describe('linking keys that rotate', () => {
  let root: string
  const open: OpenHub[] = []
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  })
  afterEach(async () => {
    for (const hub of open.splice(0)) await hub.close()
  })
  after(() => rmSync(root, { recursive: true }))

  const configOf = (name: string): Config =>
    loadConfig(
      { demo: true },
      {
        ...{ DATA_DIR: join(root, name, 'd'), KEYS_DIR: join(root, name, 'k'), STATE_DIR: join(root, name, 's') },
        CLOCK: '2026-11-22T09:00:00+01:00',
      },
    )
  const start = async (name: string): Promise<Hub> => {
    const hub = await openHub(configOf(name), 'test', createLog('silent'))
    open.push(hub)
    return hub.hub
  }
  const stop = async (hub: Hub): Promise<void> => {
    const at = open.findIndex((each) => each.hub === hub)
    await open.splice(at, 1)[0]?.close()
  }

  it('keep every link, review and family, and miss nothing that comes in meanwhile', async function () {
    this.timeout(120_000)
    const plain = await start('plain')
    let hub = await start('rotated')
    const { keysDir } = configOf('rotated')
    const before = new Set<string>()
    const seen = { under: new Set<string>(), moved: 0 }
    for (let at = 0; at < SENT.length; at += GROUP) {
      const sent = SENT.slice(at, at + GROUP)
      await take(plain, sent)
      await take(hub, sent)
      if (at === 20 * GROUP) {
        for (const key of await keysIn(hub)) before.add(key)
        expect(addLinkEpoch(keysDir, new Date())).to.equal('2')
      }
      if (at > 20 * GROUP) {
        seen.moved += await rotateLinkKeys(hub, PIECE)
        seen.under.add(hub.keys.link.now().name)
      }
      if (at % (10 * GROUP) === 0) {
        await answerOne(plain, at)
        await answerOne(hub, at)
        expect(await stateOf(hub), `after ${at}`).to.eql(await stateOf(plain))
      }
      if (at === 23 * GROUP || at === 40 * GROUP) {
        await stop(hub)
        hub = await start('rotated')
      }
    }
    while ((await rotateLinkKeys(hub)) > 0);
    const end = await stateOf(plain)
    expect(await stateOf(hub)).to.eql(end)
    expect(end.matches?.map((match) => match.split(' ')[0])).to.include.members(['persoon', 'gezin'])
    expect([...seen.under]).to.eql(['1 2', '2'])
    expect(seen.moved).to.be.above(2 * 80)
    expect([...(await hub.store.read((tx) => tx.keyEpochs.count()))]).to.eql([['2', SENT.length]])
    const after = await keysIn(hub)
    expect(after.length).to.be.above(800)
    expect(after.filter((key) => before.has(key))).to.eql([])
  })

  it('are gone when retired, and everything is still found, by what comes in and by its message', async () => {
    const { keysDir } = configOf('rotated')
    expect(dropLinkEpochs(keysDir)).to.eql(['1'])
    const hub = await start('rotated')
    const again = SENT.slice(0, 50)
    const receipts = await accept(
      hub,
      again.map(({ client, registration }) => deliveryOf(client, registration)),
    )
    expect(receipts.every(({ reception }) => reception === 'herhaald')).to.equal(true)
    await accept(hub, again.map(anew))
    await processAll(hub)
    expect(await linkedAgain(hub)).to.equal(50)
  })

  it('heal an older copy of the database, of which no key is left', async () => {
    const source = await start('older')
    await take(source, SENT.slice(0, 60))
    const wanted = await stateOf(source)
    await stop(source)
    const { keysDir } = configOf('older')
    addLinkEpoch(keysDir, new Date())
    expect(dropLinkEpochs(keysDir)).to.eql(['1'])
    const hub = await start('older')
    expect([...(await hub.store.read((tx) => tx.keyEpochs.count()))]).to.eql([['2', 60]])
    expect(await stateOf(hub)).to.eql(wanted)
    await accept(hub, SENT.slice(0, 50).map(anew))
    await processAll(hub)
    expect(await linkedAgain(hub)).to.equal(50)
  })
})

describe('the family of a case, when the linking keys rotate', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub({ clock: '2026-11-23T09:00:00+01:00' })
  })
  after(() => test.stop())

  it('is known under the new keys too: a brother’s registration is signalled to the zorgcoördinator', async function () {
    this.timeout(30_000)
    const s = scenarioOn(test)
    const parent = { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Smit' }
    const gezagsdragers = [{ ...parent, geboortedatum: '1985-02-03' }]
    const register = async (by: string, voornamen: string, geboortedatum: string) => {
      await s.register({ by, kenmerk: voornamen, persoon: { voornamen, geslachtsnaam: 'Berg', geboortedatum }, gezagsdragers })
      await s.consent(by, voornamen, { gever: 'o1' })
    }
    await register('mee', 'Noor', '2019-05-06')
    await register('rubicon', 'Noor', '2019-05-06')
    const match = (await s.matches('coordinatiepunt')).at(-1)?.id
    const { id } = (await s.must('coordinatiepunt', 'POST', '/coordinatiecasussen', { match })).body
    const coordinator = { soort: 'zorgcoordinator', wie: 'professional', organisatie: 'mee' }
    await s.must('coordinatiepunt', 'POST', `/coordinatiecasussen/${id}/handelingen`, coordinator)
    const before = await s.events('mee')
    const managed = async () => {
      return (await s.must('privacy-functionaris', 'POST', '/logregels/_zoek', { actie: 'beheren' })).body.logregels.length
    }
    const known = await managed()
    addLinkEpoch(test.config.keysDir, new Date())
    while ([...(await test.hub.store.read((tx) => tx.keyEpochs.count())).keys()].join() !== '2') await wait(20)
    dropLinkEpochs(test.config.keysDir)
    expect((await s.events('mee', before.next)).types).to.eql([])
    await register('vorkmeer', 'Sem', '2021-07-08')
    expect((await s.events('mee', before.next)).types).to.include('casus.signaal')
    expect(await managed()).to.equal(known + 1)
  })
})

const PRINCIPAL = deliveryOf('beheer', SENT[0]!.registration).sender

type Sent = (typeof SENT)[number]

async function take(hub: Hub, sent: Sent[]): Promise<void> {
  await accept(
    hub,
    sent.map(({ client, registration }) => deliveryOf(client, registration)),
  )
  await processAll(hub)
}

/** The same person, at the same organisation, under another reference. */
function anew({ client, registration }: Sent) {
  const name = `nog-eens-${registration.kenmerk}`
  return deliveryOf(client, { ...registration, kenmerk: name, bronbericht: name })
}

async function processAll(hub: Hub): Promise<void> {
  while ((await processWaiting(hub, 50)) > 0);
}

const rowsOf = (hub: Hub) => hub.store.read((tx) => tx.registrations.listAll(0, 1000))

/** Of the fifty sent once more, how many are one with the first, or in question. */
async function linkedAgain(hub: Hub): Promise<number> {
  const rows = await rowsOf(hub)
  const added = rows.slice(-50)
  const asked = await hub.store.read((tx) => tx.linking.reviewsTouching(added.map(({ seq }) => seq)))
  const questioned = new Set(asked.map(({ registration }) => registration))
  return added.filter((row, at) => row.person === rows[at]?.person || questioned.has(row.seq)).length
}

/** Who is who, who is in question, which matches stand: by row numbers, which are the same in two hubs that got the same. */
async function stateOf(hub: Hub): Promise<Record<string, string[]>> {
  const rows = await rowsOf(hub)
  const groups = [...Map.groupBy(rows, ({ person }) => person).values()]
  return hub.store.read(async (tx) => {
    const reviews = await tx.linking.listReviews({ state: null, overdue: null }, '', 1000)
    const matches = await tx.matches.listOpen('', 1000)
    const sides = Map.groupBy(await tx.matches.sides(matches.map(({ id }) => id)), ({ match }) => match)
    return {
      persons: groups.map((group) => group.map(({ seq }) => seq).join(' ')),
      reviews: reviews.map(({ registration, candidate, state }) => `${registration} ${candidate} ${state}`).sort(),
      matches: matches
        .map(({ id, kind }) => `${kind} ${(sides.get(id) ?? []).map(({ registration }) => registration).sort((a, b) => a - b)}`)
        .sort(),
    }
  })
}

async function answerOne(hub: Hub, at: number): Promise<void> {
  const reviews = await hub.store.read((tx) => tx.linking.listReviews({ state: 'open', overdue: null }, '', 1000))
  const review = reviews.toSorted((a, b) => a.registration - b.registration || a.candidate - b.candidate)[0]
  if (review) await answerReview(hub, PRINCIPAL, review.id, { antwoord: at % (20 * GROUP) === 0 ? 'dezelfde' : 'verschillend' })
}

/** Every key in the store that comes of a linking key. */
async function keysIn(hub: Hub): Promise<string[]> {
  const seqs = (await rowsOf(hub)).map(({ seq }) => seq)
  return hub.store.read(async (tx) => [
    ...[...(await tx.keyEpochs.blockingKeys(seqs)).values()].flat(),
    ...[...(await tx.keyEpochs.anchors(seqs)).values()].flat().map(({ key }) => key),
    ...(await tx.matches.listOpen('', 1000)).flatMap(({ kind, subject }) => (kind === 'gezin' ? [subject] : [])),
  ])
}
