import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { FamilyAnchor, TokensRow } from '../rows/link-keys.ts'
import type { RegistrationRow } from '../rows.ts'
import { hubLine } from '../stages/audit/line-of.ts'
import { subjectOf } from '../stages/link/subject.ts'
import { anchorsOf } from './processed.ts'
import { tokensOf } from './tokens.ts'

/** Registrations per transaction: some tens of milliseconds during which nobody else writes. */
const PIECE = 100

/**
 * Goes a step further with a rotation of the linking keys, when there is one: takes over a new epoch, then writes the tokens of all
 * registrations under both, then, when every hub knows it, goes over to the new one at once, then takes the old ones away. Every registration is
 * found under what is sought all the while. Only between two batches of linking. `piece`: registrations at a time. Answers how many it wrote.
 */
export async function rotateLinkKeys(hub: Hub, piece = PIECE): Promise<number> {
  await takeOver(hub)
  const { name, all, current } = hub.keys.link.now()
  const isKnown = (row: RegistrationRow) => row.keyEpochs.split(' ').every((epoch) => Number(epoch) <= Number(current.epoch))
  const moved = await retokenSome(hub, async (tx) => (await tx.keyEpochs.others(name, piece)).filter(isKnown))
  return moved === 0 && all.length > 1 && (await settle(hub)) ? rotateLinkKeys(hub, piece) : moved
}

/** Takes over a new epoch that lies with the keys, and follows another hub that went over to one already. */
async function takeOver(hub: Hub): Promise<void> {
  const { link } = hub.keys
  if (link.isBehind()) {
    await hub.shares.agreeOnKeys()
    link.refresh()
  }
  await hub.shares.knowsEpoch(link.now().current.epoch)
  if (link.now().all.length === 1) return
  if ((await hub.store.read((tx) => tx.keyEpochs.foundBy())) === link.now().current.epoch) link.settle()
}

/**
 * Finds out, at a start, how far a rotation was. Registrations of which no epoch is known any more (an older copy of the database was put
 * back) get new tokens first, from what they say, or nothing would find them.
 */
export async function takeUpEpochs(hub: Hub): Promise<void> {
  const names = new Set(hub.keys.link.now().all.map(({ epoch }) => epoch))
  const isLost = (keyEpochs: string) => keyEpochs.split(' ').every((epoch) => !names.has(epoch))
  const counts = await hub.store.read((tx) => tx.keyEpochs.count())
  if ([...counts.keys()].some(isLost)) {
    for (let after = 0; ; ) {
      const page = await hub.store.read((tx) => tx.registrations.listAll(after, PIECE))
      const last = page.at(-1)
      if (!last) break
      after = last.seq
      await retokenSome(hub, async () => page.filter((row) => isLost(row.keyEpochs)))
    }
  }
  await settle(hub)
}

/** Registrations of a batch that were accepted just before the epochs changed. */
export async function bringUpToDate(hub: Hub, batch: RegistrationRow[]): Promise<void> {
  const { name } = hub.keys.link.now()
  const behind = batch.filter((row) => row.keyEpochs !== name).map((row) => row.seq)
  if (behind.length > 0) await retokenSome(hub, (tx) => tx.registrations.bySeqs(behind))
}

/** Goes over to the newest epoch when every registration has its tokens and every hub makes them; answers whether. */
async function settle(hub: Hub): Promise<boolean> {
  const { current } = hub.keys.link.now()
  const isComplete = await hub.store.write(async (tx) => {
    const names = [...(await tx.keyEpochs.count()).keys()]
    if (names.some((name) => !name.split(' ').includes(current.epoch))) return false
    if (!(await hub.shares.allKnowEpoch(current.epoch))) return false
    const before = await tx.keyEpochs.findFamiliesBy(current.epoch)
    if (before === current.epoch) return true
    const facts = { actie: 'beheren', uitkomst: 'toegestaan', object: 'koppelsleutels' } as const
    await tx.log.append([hubLine({ ...facts, controles: `van tijdvak ${before} naar ${current.epoch}` })], hub.clock.real())
    return true
  })
  if (isComplete) hub.keys.link.settle()
  return isComplete
}

interface Retokened extends TokensRow {
  row: RegistrationRow
  /** Keys under which it stood and stands no more. */
  stale: string[]
  /** Null: left as they are. */
  anchors: FamilyAnchor[] | null
}

/**
 * Writes tokens, blocking keys and family anchors of these registrations anew. The index has the new keys before the store says so, and the
 * old ones until after; new ones go in again then, since an index that was filled from the store meanwhile knows the row as it was. One that changed
 * meanwhile is left for the next time.
 */
async function retokenSome(hub: Hub, rowsIn: (tx: Tx) => Promise<RegistrationRow[]>): Promise<number> {
  const made = await hub.store.read(async (tx) => retoken(hub, tx, await rowsIn(tx)))
  if (made.length === 0) return 0
  await hub.index.add(made.map(({ seq, blockingKeys }) => ({ seq, keys: blockingKeys })))
  const written = await hub.store.write(async (tx) => {
    const now = new Map((await tx.registrations.bySeqs(made.map(({ seq }) => seq))).map((row) => [row.seq, row]))
    const same = made.filter(({ seq, row }) => isUnchanged(row, now.get(seq)))
    await tx.keyEpochs.setTokens(same)
    await tx.keyEpochs.setAnchors(same.flatMap(({ seq, anchors }) => (anchors ? [{ seq, anchors }] : [])))
    return same
  })
  await hub.index.add(written.map(({ seq, blockingKeys }) => ({ seq, keys: blockingKeys })))
  await hub.index.remove(written.map(({ seq, stale }) => ({ seq, keys: stale })))
  return made.length
}

const NOTHING = Buffer.alloc(0)

function isUnchanged(before: RegistrationRow, now: RegistrationRow | undefined): boolean {
  if (now?.version !== before.version || now.state !== before.state || now.keyEpochs !== before.keyEpochs) return false
  return Buffer.compare(now.facts ?? NOTHING, before.facts ?? NOTHING) === 0
}

async function retoken(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<Retokened[]> {
  const epochs = hub.keys.link.now()
  const seqs = rows.map((row) => row.seq)
  const contents = await hub.contents.open(tx, rows)
  const dataKeys = await hub.dataKeys.get(rows.map((row) => row.id))
  const standing = await tx.keyEpochs.blockingKeys(seqs)
  const anchored = await tx.keyEpochs.anchors(seqs)
  return rows.map((row) => {
    const content = contents.get(row.seq)
    const key = dataKeys.get(row.id)
    const before = standing.get(row.seq) ?? []
    const { seq } = row
    const made = { row, seq, keyEpochs: epochs.name }
    if (!content || !key) return { ...made, profile: null, blockingKeys: [], stale: before, anchors: null }
    const { profile, blockingKeys } = tokensOf(subjectOf(content.registration), epochs)
    const kept = new Set(blockingKeys)
    return {
      ...made,
      profile: hub.contents.sealProfile(row, key, profile),
      blockingKeys,
      stale: before.filter((each) => !kept.has(each)),
      anchors: row.state !== 'ontvangen' && anchored.has(seq) ? anchorsOf(hub, row, content) : null,
    }
  })
}
