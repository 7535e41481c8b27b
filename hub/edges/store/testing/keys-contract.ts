import { expect } from 'chai'
import type { KeyIndex } from '../../../ports/shared.ts'
import type { OpenStore } from '../open.ts'
import { together } from './rows.ts'

/** What every `DataKeys` holds. */
export function holdsDataKeysContract(open: () => Promise<OpenStore>): void {
  let opened: OpenStore
  before(async () => {
    opened = await open()
  })
  after(() => opened?.close())

  it('makes a key for each id, keeps it, and lists ids in order', async () => {
    const { dataKeys } = opened
    const ids = Array.from({ length: 600 }, (_, i) => `r_${String(i).padStart(26, '0')}`)
    const fresh = await dataKeys.create(ids)
    const kept = await dataKeys.get([...ids, 'r_onbekend'])
    expect(kept.size).to.equal(600)
    for (const id of ids) expect(Buffer.from(kept.get(id) ?? []).equals(Buffer.from(fresh.get(id) ?? []))).to.equal(true)
    expect(await dataKeys.list('', 1000)).to.deep.equal(ids)
    expect(await dataKeys.list(ids[9] as string, 2)).to.deep.equal([ids[10], ids[11]])
    expect((await dataKeys.get([])).size).to.equal(0)
  })

  it('destroys for good', async () => {
    const { dataKeys } = opened
    await dataKeys.create(['r_weg', 'r_blijft'])
    await dataKeys.get(['r_weg'])
    await dataKeys.destroy(['r_weg'])
    await dataKeys.destroy(['r_weg'])
    expect([...(await dataKeys.get(['r_weg', 'r_blijft'])).keys()]).to.deep.equal(['r_blijft'])
  })
}

/** One index as two workers have it. */
export interface SharedIndex {
  workers: readonly [KeyIndex, KeyIndex]
  close(): Promise<void>
}

const BLOCK_MAX = 200
const PAIRS = 200

/** What every `KeyIndex` holds. */
export function holdsKeyIndexContract(open: () => Promise<SharedIndex>): void {
  let shared: SharedIndex
  before(async () => {
    shared = await open()
  })
  after(() => shared?.close())
  const worker = (number: 0 | 1) => shared.workers[number]

  it('finds what was added, once, in the order of coming in, until it is removed', async () => {
    await worker(0).add([
      { seq: 2, keys: ['een', 'twee'] },
      { seq: 1, keys: ['een', 'een'] },
    ])
    await worker(1).add([{ seq: 2, keys: ['een'] }])
    const { blocks, cut } = await worker(1).find(['een', 'twee', 'drie', 'een'])
    expect([blocks.get('een'), blocks.get('twee'), blocks.size, cut.size]).to.deep.equal([[1, 2], [2], 2, 0])
    await worker(1).remove([{ seq: 2, keys: ['een', 'onbekend'] }])
    const left = (await worker(0).find(['een', 'twee'])).blocks
    expect([left.get('een'), left.get('twee')]).to.deep.equal([[1], [2]])
    expect((await worker(0).find([])).blocks.size).to.equal(0)
    await worker(0).add([{ seq: 2, keys: ['een'] }])
    expect((await worker(1).find(['een'])).blocks.get('een')).to.deep.equal([1, 2])
  })

  it('cuts a block that says nothing of one person, and says so until it is short again', async () => {
    const entries = Array.from({ length: BLOCK_MAX + 2 }, (_, i) => ({ seq: 1000 + i, keys: ['tehuis', `eigen-${i}`] }))
    for (let times = 0; times < 2; times++) await worker(0).add(entries)
    const look = async () => {
      const { blocks, cut } = await worker(1).find(['tehuis', 'eigen-7'])
      return [blocks.get('tehuis')?.length, blocks.get('eigen-7'), [...cut]]
    }
    expect(await look()).to.deep.equal([BLOCK_MAX, [1007], ['tehuis']])
    await worker(0).remove(entries.slice(BLOCK_MAX, BLOCK_MAX + 1))
    expect(await look()).to.deep.equal([BLOCK_MAX, [1007], ['tehuis']])
    await worker(0).remove(entries.slice(BLOCK_MAX + 1))
    expect(await look()).to.deep.equal([BLOCK_MAX, [1007], []])
  })

  it('shows one of two that add at once and then look the other', async () => {
    const rounds = await together(PAIRS, async (round) => {
      const look = async (number: 0 | 1) => {
        const keys = [`ronde-${round}`, `${round}e ronde`]
        await worker(number).add([{ seq: 2 * round + number + 1, keys }])
        const { blocks } = await worker(number).find(keys)
        return Math.min(...keys.map((key) => blocks.get(key)?.length ?? 0))
      }
      return Math.max(...(await Promise.all([look(0), look(1)])))
    })
    expect(rounds).to.deep.equal(Array(PAIRS).fill(2))
  })
}
