import { expect } from 'chai'
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

/** What every `KeyIndex` holds. */
export function holdsKeyIndexContract(open: () => Promise<OpenStore>): void {
  let opened: OpenStore
  before(async () => {
    opened = await open()
  })
  after(() => opened?.close())

  it('finds what was added, once, in the order of coming in, until it is removed', async () => {
    const { index } = opened
    await index.add([
      { seq: 2, keys: ['een', 'twee'] },
      { seq: 1, keys: ['een', 'een'] },
    ])
    await index.add([{ seq: 2, keys: ['een'] }])
    expect(await index.find(['een', 'twee', 'drie', 'een'])).to.deep.equal({
      blocks: new Map([
        ['een', [1, 2]],
        ['twee', [2]],
      ]),
      cut: new Set(),
    })
    await index.remove([{ seq: 2, keys: ['een', 'onbekend'] }])
    expect((await index.find(['een', 'twee'])).blocks).to.deep.equal(
      new Map([
        ['een', [1]],
        ['twee', [2]],
      ]),
    )
    expect((await index.find([])).blocks.size).to.equal(0)
  })

  it('cuts a block that says nothing of one person, and says so', async () => {
    const { index } = opened
    await index.add(Array.from({ length: 201 }, (_, i) => ({ seq: 1000 + i, keys: ['tehuis', `eigen-${i}`] })))
    const { blocks, cut } = await index.find(['tehuis', 'eigen-7'])
    expect([blocks.get('tehuis')?.length, blocks.get('eigen-7'), [...cut]]).to.deep.equal([200, [1007], ['tehuis']])
  })

  it('shows one of two that add at once and then look the other', async () => {
    const { index } = opened
    const rounds = await together(30, async (round) => {
      const look = async (seq: number) => {
        await index.add([{ seq, keys: [`ronde-${round}`] }])
        return (await index.find([`ronde-${round}`])).blocks.get(`ronde-${round}`)?.length
      }
      return Math.max(...(await Promise.all([look(2 * round + 1), look(2 * round + 2)])).map(Number))
    })
    expect(rounds).to.deep.equal(Array(30).fill(2))
  })
}
