import { expect } from 'chai'
import { readSchemas } from '../../schemas/files.ts'
import { type Operation, operations } from '../../schemas/openapi.ts'
import { cursorOf } from '../flows/cursor.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aRegistration } from '../testing/registration.ts'
import type { Answer } from '../testing/request.ts'

const ID = 'r_01KAP4K6M0V4QF9J7T5D3W2X1Z'
const CLIENTS: Record<string, string> = {
  'logregel:lezen': 'privacy-functionaris',
  'doorbreking:toetsen': 'privacy-functionaris',
  'cijfers:lezen': 'beheer',
  'koppelvraag:behandelen': 'beheer',
  beheer: 'beheer',
}

/** PostgreSQL has no text with a NUL in it, so that no store takes one: it is refused at the edge, whatever the engine. */
describe('a NUL character', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const all = operations().filter(({ scope }) => scope !== null)
  const send = ({ method, scope }: Operation, path: string, body?: object) =>
    test.ask(CLIENTS[String(scope)] ?? 'mee', method, path, body ? { body } : {})
  const examplesOf = ({ bodySchema }: Operation) =>
    bodySchema === null ? [] : (readSchemas().get(bodySchema) as { examples: object[] }).examples
  const pointersOf = ({ body }: Answer) => (body.fouten as { pointer: string }[]).map(({ pointer }) => pointer)

  for (const operation of all.filter((each) => each.bodySchema !== null && each.bodySchema !== 'registraties-batch'))
    it(`is refused in every text of the body: ${operation.operationId}`, async () => {
      const texts = examplesOf(operation).flatMap((example) => textsOf(example).map((place) => ({ example, place })))
      for (const { example, place } of texts) {
        const answer = await send(operation, operation.path.replace(/\{\w+\}/, ID), withNul(example, [place]))
        expect(answer.status, place).to.equal(400)
        expect(pointersOf(answer), place).to.include(place)
      }
    })

  it('is told of at every place at once', async () => {
    const example = aRegistration({ contact: { functie: 'consulent', telefoon: '0770000000' } })
    const places = ['/bronbericht', '/kenmerk', '/persoon/voornamen', '/persoon/geslachtsnaam', '/contact/functie']
    const answer = await test.ask('mee', 'POST', '/registraties', { body: withNul(example, places) })
    expect(pointersOf(answer)).to.have.members(places)
    expect(answer.text).not.to.match(/Fenna|u0000/)
  })

  /** A file is refused for its type before anything else is looked at. */
  const expectedOf = ({ bodyTypes }: Operation) => (bodyTypes.length > 0 ? 415 : 400)
  it('is refused in every query parameter, and in what a cursor holds', async () => {
    let asked = 0
    for (const operation of all)
      for (const { name } of operation.parameters.filter((each) => each.in === 'query')) {
        const holdsPlace = !operation.path.includes('{') && ['cursor', 'na'].includes(name)
        for (const value of holdsPlace ? ['a%00', cursorOf('a\0')] : ['a%00']) {
          const answer = await send(operation, `${operation.path.replace(/\{\w+\}/, ID)}?${name}=${value}`)
          expect(answer.status, `${operation.operationId} ${name}`).to.equal(expectedOf(operation))
          asked++
        }
      }
    expect(asked).to.be.above(20)
  })

  it('makes an id one that nothing has', async () => {
    const withId = all.filter(({ path }) => path.includes('{'))
    for (const operation of withId)
      for (const id of ['%00', `${ID}%00`, '%2500']) {
        const answer = await send(operation, operation.path.replace(/\{\w+\}/, id), examplesOf(operation)[0])
        expect(answer.status, `${operation.operationId} ${id}`).to.equal(404)
      }
    expect(withId).to.have.length.above(20)
  })

  it('is refused per row of a batch, and of a file, beside good rows', async () => {
    const refused = async () => (await test.ask('beheer', 'GET', '/quarantaine?limiet=1000')).body.quarantaine.length
    const before = await refused()
    const rows = [aRegistration(), withNul(aRegistration(), ['/persoon/geslachtsnaam'])]
    const lines = rows.map((row) => JSON.stringify(row)).join('\n')
    const headers = { 'content-type': 'application/x-ndjson' }
    for (const [path, ask] of [
      ['/registraties/_batch', { body: { registraties: rows } }],
      ['/registraties/_batch', { body: lines, headers }],
      ['/registraties/_bestand?adapter=eigen', { body: lines, headers }],
    ] as const) {
      const { body } = await test.ask('mee', 'POST', path, ask)
      expect(body.resultaten[0].status, path).to.be.oneOf([200, 201])
      expect(body.resultaten[1], path).to.include({ status: 400 })
      expect(body.resultaten[1].fouten[0], path).to.include({ pointer: '/persoon/geslachtsnaam', code: 'vorm' })
    }
    expect(await refused()).to.equal(before + 3)
  })

  it('in a cell of CSV is told with its line', async () => {
    const header = 'bronbericht,kenmerk,versie,persoon.geslachtsnaam,persoon.geboortedatum'
    const body = `${header},betrokkenheid.status,betrokkenheid.begindatum,contact.functie\nc1,c1,1,Ber\0g,2014,actief,2026-01-05,x\n`
    const headers = { 'content-type': 'text/csv' }
    const answer = await test.ask('mee', 'POST', '/registraties/_bestand?adapter=eigen', { body, headers })
    expect(answer.status).to.be.oneOf([200, 400])
    expect(answer.text).to.include('tekenset').and.not.to.include('"status":201')
  })
})

/** Pointers to every text in a value. */
function textsOf(value: unknown, place = ''): string[] {
  if (typeof value === 'string') return [place]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => textsOf(part, `${place}/${name}`))
}

function withNul(example: object, places: string[]): object {
  const copy = structuredClone(example)
  for (const place of places) {
    const names = place.slice(1).split('/')
    const last = names.pop() as string
    // biome-ignore lint/suspicious/noExplicitAny: any example of any schema
    const holder = names.reduce((part: any, name) => part[name], copy)
    holder[last] = `${holder[last]}\0`
  }
  return copy
}
