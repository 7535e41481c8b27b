import { expect } from 'chai'
import { recomputePersons } from '../flows/persons.ts'
import { rejoin } from '../flows/rejoin.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow } from '../rows.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { scenarioOn } from '../testing/scenario.ts'

const BY = ['mee', 'rubicon', 'vorkmeer', 'bureau-jeugdzorg']
const PARENT = {
  kenmerk: 'o1',
  relatie: 'ouder',
  gezag: 'ja',
  voornamen: 'Petra',
  geslachtsnaam: 'Smit',
  geboortedatum: '1985-02-03',
}
const CHILD = {
  voornamen: 'Jasmijn',
  geslachtsnaam: 'Zandstra',
  geboortedatum: '2019-05-06',
  adres: { postcode: '5981AB', huisnummer: 12 },
}

describe('registrations that somebody said are about two persons', () => {
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let seqs: [number, number, number, number]
  let link: Omit<EdgeRow, 'id'>
  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    s = scenarioOn(test)
    for (const by of BY) await s.register({ by, kenmerk: 'd', persoon: CHILD, gezagsdragers: [PARENT] })
    const ids = BY.map((by) => s.idOf(by, 'd'))
    await test.hub.store.write(async (tx) => {
      const rows = (await tx.registrations.byIds(ids)).sort((a, b) => a.seq - b.seq)
      expect(new Set(rows.map(({ person }) => person)).size).to.equal(1)
      seqs = rows.map(({ seq }) => seq) as typeof seqs
      const edges = await tx.linking.edgesTouching(seqs)
      const { id: _, ...first } = edges[0] as EdgeRow
      link = first
      await tx.linking.removeEdges(edges.map(({ id }) => id))
    })
  })
  afterEach(() => test.stop())

  const personOf = async (tx: Tx) =>
    new Map((await tx.registrations.bySeqs(seqs)).map(({ seq, person }) => [seq, person as string]))
  const apart = (a: number, b: number) => ({ ...link, a, b, kind: 'anders', origin: 'mens', evidence: '{}' })

  it('are not joined again when what fell apart is judged anew, nor is anyone cut off for it', async () => {
    const [a, b, c] = seqs
    await test.hub.store.write(async (tx) => {
      await tx.linking.insertEdges([{ ...link, a: c, b }, apart(a, c)])
      await recomputePersons(test.hub, tx, [...(await personOf(tx)).values()])
      const before = await personOf(tx)
      await rejoin(test.hub, tx, [a, b])
      expect([before.get(b) === before.get(c), before.get(a) === before.get(b)]).to.eql([true, false])
      expect(await personOf(tx)).to.eql(before)
      expect((await tx.linking.edgesTouching([a])).map(({ kind }) => kind)).to.eql(['anders'])
      expect(await tx.linking.countReviews('open')).to.equal(0)
    })
  })

  it('leave the third, that fits both, to be asked about', async () => {
    const [a, b, c] = seqs
    await test.hub.store.write(async (tx) => {
      await tx.linking.insertEdges([apart(a, b)])
      await recomputePersons(test.hub, tx, [...(await personOf(tx)).values()])
      await rejoin(test.hub, tx, [a, b, c])
      expect(new Set((await personOf(tx)).values()).size).to.equal(4)
      const asked = await tx.linking.reviewsTouching([c])
      expect(asked.map(({ registration, candidate }) => [registration, candidate])).to.have.deep.members([
        [c, a],
        [c, b],
      ])
    })
  })

  it('let go of a third when the answer that kept it from another is undone', async () => {
    const [a, b, c, d] = seqs
    const id = 'k_01KAP4K6M0V4QF9J7T5D3W2X1Z'
    const answered = { ...link, origin: 'mens', evidence: '{}' }
    const persons = async (tx: Tx) =>
      [...Map.groupBy(await personOf(tx), ([, person]) => person).values()].map((own) =>
        own.map(([seq]) => seq).sort((x, y) => x - y),
      )
    await test.hub.store.write(async (tx) => {
      const at = '2026-11-22T08:00:00.000Z'
      const review = { id, registration: d, candidate: a, state: 'dezelfde', model: link.model, createdAt: at }
      await tx.linking.insertReviews([
        { ...review, evidence: '{"score":1,"reden":"twijfel"}', answeredBy: 'beheer', answeredAt: at },
      ])
      await tx.linking.insertEdges([
        { ...answered, a: d, b: a, review: id },
        { ...answered, a: d, b },
        { ...link, a: c, b },
        apart(a, c),
      ])
      await recomputePersons(test.hub, tx, [...(await personOf(tx)).values()])
      expect(await persons(tx)).to.have.deep.members([[a, b, d], [c]])
    })
    await s.must('beheer', 'POST', `/koppelvragen/${id}/antwoorden`, { antwoord: 'weet-niet' })
    expect(await test.hub.store.read(persons)).to.have.deep.members([[a], [b, c, d]])
  })
})
