import { expect } from 'chai'
import { type LogFilters, searchLines } from './search.ts'
import { append, lineFor, newLog, type TestLog, testFolder } from './testing/log.ts'

const SIZE = 250
const day = (number: number) => new Date(Date.UTC(2026, 10, number))

describe('access log: searching', () => {
  let at: ReturnType<typeof testFolder>
  let log: TestLog
  before(async () => {
    at = testFolder()
    log = await newLog(`${at.folder}/log.sqlite`)
    for (let i = 0; i < 10; i++) await append(log.db, i * 25 + 1, (i + 1) * 25, day(i + 1))
  })
  after(async () => {
    await log.db.destroy()
    at.remove()
  })

  async function all(filters: LogFilters, limit = 40) {
    const found = []
    let cursor = ''
    for (let page = 0; page < 100; page++) {
      const { logregels, volgende } = await searchLines(log.db, filters, cursor, limit)
      found.push(...logregels)
      if (!volgende) return found
      cursor = volgende
    }
    throw new Error('no end')
  }

  it('gives every line once, newest first, by pages of any size', async () => {
    for (const limit of [7, 125, 250, 1000]) {
      const numbers = (await all({}, limit)).map((line) => line.nummer)
      expect(numbers, String(limit)).to.deep.equal(Array.from({ length: SIZE }, (_, i) => SIZE - i))
    }
    expect((await searchLines(log.db, {}, '', SIZE)).volgende).to.equal(undefined)
  })

  it('shows a line as it was written', async () => {
    const [line] = (await searchLines(log.db, {}, '', 1)).logregels
    expect(line).to.deep.include({
      nummer: 250,
      tijdstip: '2026-11-10T00:00:00.000Z',
      actie: 'lezen',
      client: 'mee',
      persoon: 'p_7',
    })
    expect(line?.grond).to.deep.equal({ reglement: 'peel-en-maas-1g1p@1', regel: 'regel-2' })
    expect(line?.blad).to.match(/^[0-9a-f]{64}$/)
    expect((await searchLines(log.db, { organisation: 'rubicon' }, '', 1)).logregels[0]?.grond).to.equal(null)
  })

  it('narrows by each part, and by several at once', async () => {
    const lines = Array.from({ length: SIZE }, (_, i) => ({ ...lineFor(i + 1), nummer: i + 1 }))
    const cases: [LogFilters, (line: (typeof lines)[number]) => boolean][] = [
      [{ from: day(3) }, (line) => line.nummer > 50],
      [{ until: day(3) }, (line) => line.nummer <= 50],
      [{ from: day(2), until: day(3) }, (line) => line.nummer > 25 && line.nummer <= 50],
      [{ persons: ['p_1', 'p_4'] }, (line) => line.persoon === 'p_1' || line.persoon === 'p_4'],
      [{ persons: [] }, () => false],
      [{ user: 'u-3' }, (line) => line.gebruiker === 'u-3'],
      [{ organisation: 'mee' }, (line) => line.organisatie === 'mee'],
      [{ action: 'zoeken' }, (line) => line.actie === 'zoeken'],
      [{ ground: 'peel-en-maas-1g1p@1' }, (line) => line.grond !== null],
      [{ ground: 'regel-2' }, (line) => line.grond?.regel === 'regel-2'],
      [{ outcome: 'geweigerd' }, (line) => line.uitkomst === 'geweigerd'],
      [{ outcome: 'geweigerd', persons: ['p_8'] }, (line) => line.uitkomst === 'geweigerd' && line.persoon === 'p_8'],
    ]
    for (const [filters, wanted] of cases) {
      const expected = lines.filter(wanted).map((line) => line.nummer)
      const found = (await all(filters)).map((line) => line.nummer)
      expect(found.reverse(), JSON.stringify(filters)).to.deep.equal(expected)
    }
  })

  it('keeps cursors valid while lines come in, starts at the newest for an empty one and refuses any other', async () => {
    const first = await searchLines(log.db, {}, '', 100)
    await append(log.db, SIZE + 1, SIZE + 10)
    const second = await searchLines(log.db, {}, first.volgende ?? '', 1)
    expect(second.logregels[0]?.nummer).to.equal(150)
    expect((await searchLines(log.db, {}, '', 1)).logregels[0]?.nummer).to.equal(SIZE + 10)
    for (const cursor of ['x', '%%%', Buffer.from('voor -1').toString('base64url')]) {
      const refused = await searchLines(log.db, {}, cursor, 1).catch((error: unknown) => error)
      expect(refused, cursor).to.have.property('code', 'ongeldige-invoer')
    }
  })
})
