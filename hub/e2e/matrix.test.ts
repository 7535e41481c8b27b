import { expect } from 'chai'
import { readSchemas } from '../../schemas/files.ts'
import { type Operation, operations } from '../../schemas/openapi.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aRegistration } from '../testing/registration.ts'
import { type Kind, makeThings, OFFICER, OTHER_POINT, POINT, regionOfTwoPoints, type Thing } from '../testing/things.ts'

const POINTS = [POINT, OTHER_POINT]
const POINTS_OF = (thing: Thing) => thing.reach.filter((client) => POINTS.includes(client))
const ORGANISATIONS_OF = (thing: Thing) => thing.reach.filter((client) => client !== OFFICER && !POINTS.includes(client))

/** What an operation needs that its path and the first example of its body do not say. */
const TOUCHES: Record<string, { kind?: Kind; body?: (id: string) => object; reach?: (thing: Thing) => string[] }> = {
  registratieWijzigen: { body: () => aRegistration({ kenmerk: 'een-ander-kenmerk' }) },
  registratieBeeindigen: { body: () => ({ versie: 1, einddatum: '2026-11-01', afsluitreden: 'uitval' }) },
  informeringVastleggen: { body: () => ({ wie: 'jeugdige', op: '2026-10-12' }) },
  volgerToevoegen: { body: () => ({ organisatie: 'bureau-jeugdzorg' }) },
  opvolgingVastleggen: { body: () => ({ soort: 'variant', variant: 1 }) },
  koppelvraagBeantwoorden: { body: () => ({ antwoord: 'weet-niet' }) },
  toestemmingVastleggen: {
    kind: 'registraties',
    body: (registratie) => ({ registratie, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk' }),
  },
  doorbrekingVastleggen: {
    kind: 'registraties',
    body: (registratie) => ({
      registratie,
      ontvangers: ['mee'],
      reden: 'veiligheid',
      toelichting: 'Afgestemd.',
      oudersGeinformeerd: false,
    }),
  },
  deelbesluitVastleggen: {
    kind: 'registraties',
    body: (registratie) => ({ registratie, ontvangers: ['bureau-jeugdzorg'], toelichting: 'Een bekende.' }),
  },
  overdrachtAanbieden: { kind: 'registraties', body: (registratie) => ({ registratie, naar: 'bureau-jeugdzorg' }) },
  verzoekVastleggen: {
    kind: 'registraties',
    body: (registratie) => ({ registratie, soort: 'inzage', door: ['jeugdige'] }),
    // Who is concerned turns to the privacy officer, wherever the registration is.
    reach: () => [OFFICER],
  },
  verzoekAdviseren: { reach: ORGANISATIONS_OF },
  verzoekBesluiten: { reach: () => [OFFICER] },
  meldingMaken: {
    kind: 'registraties',
    body: (registratie) => ({ registratie, reden: 'coordinatie-nodig', urgentie: 'normaal' }),
  },
  meldingBeoordelen: { reach: POINTS_OF },
  coordinatiecasusOpenen: { kind: 'meldingen', body: (melding) => ({ melding }), reach: POINTS_OF },
}

const touchesOne = ({ operationId, path }: Operation) => path.includes('{id}') || operationId in TOUCHES

/** What its schema gives as an example, for an operation that reads a body. */
function exampleOf(bodySchema: string | null): ((id: string) => object) | undefined {
  const examples = bodySchema === null ? undefined : (readSchemas().get(bodySchema)?.examples as object[] | undefined)
  return examples?.[0] === undefined ? undefined : () => examples[0] as object
}

describe('each client against each route and each other party’s objects', () => {
  let test: TestHub
  let things: Thing[]
  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00', region: regionOfTwoPoints() })
    things = await makeThings(test)
  })
  after(() => test.stop())

  it('there is something of every kind that a path can name', () => {
    const collections = new Set(operations().flatMap(({ path }) => (path.includes('{id}') ? [path.split('/')[1] as string] : [])))
    expect(new Set(things.map(({ kind }) => kind))).to.eql(collections)
  })

  for (const { operationId, method, path, scope, bodySchema } of operations().filter(touchesOne))
    it(`${method} ${path}`, async () => {
      const {
        kind = path.split('/')[1],
        body = exampleOf(bodySchema),
        reach = (thing: Thing) => thing.reach,
      } = TOUCHES[operationId] ?? {}
      const ask = (client: string, id: string) =>
        test.ask(client, method, path.replace('{id}', id), body ? { body: body(id) } : {})
      const firsts = [...Map.groupBy(things, (thing) => thing.kind).values()].flatMap(([first]) => first ?? [])
      const asked = things.filter((thing) => thing.kind === kind || firsts.includes(thing))
      const holders = test.hub.region.clients.filter(({ scopes }) => scopes.includes(scope as never)).map(({ id }) => id)
      for (const { id: client } of test.hub.region.clients.filter(({ id }) => !holders.includes(id)))
        expect((await ask(client, asked[0]?.id ?? '')).status, `${client} ${method} ${path}`).to.equal(403)
      const registersNobody = (client: string) =>
        test.hub.region.organisaties.some(({ id, magRegistreren }) => id === client && magRegistreren?.length === 0)
      let reached = 0
      // Who may not comes first: whoever may can end the thing.
      for (const may of [false, true])
        for (const client of holders) {
          const unknown = await ask(client, 'r_00000000000000000000000000')
          for (const thing of asked) {
            const isReachable = thing.kind === kind && reach(thing).includes(client)
            if (isReachable !== may) continue
            const { status, text, headers } = await ask(client, thing.id)
            const what = `${client} ${method} ${path} ${thing.kind} of ${thing.reach}`
            if (isReachable) expect(status, what).not.to.be.oneOf([401, 403, 404])
            else {
              // Whoever may register nobody hears that first, whatever the id.
              expect([status, text], what).to.eql([method === 'PUT' && registersNobody(client) ? 400 : 404, unknown.text])
              expect(withoutMoment(headers), what).to.eql(withoutMoment(unknown.headers))
            }
            reached += Number(isReachable)
          }
        }
      expect(reached, 'somebody reached something').to.be.above(0)
    })

  it('asks of every other route the one scope that the table names, and answers whoever has it', async () => {
    for (const { operationId, method, path, scope } of operations().filter((operation) => !touchesOne(operation)))
      for (const { id: client, scopes } of test.hub.region.clients) {
        if (operationId === 'gebeurtenissenVolgen') continue
        const { status } = await test.ask(client, method, path.replace('{nummer}', '1'))
        const what = `${client} ${method} ${path}`
        if (scope !== null && !scopes.includes(scope as never)) expect(status, what).to.equal(403)
        else expect(status, what).to.be.oneOf([200, 400, 404, 415])
      }
  })

  const lists = operations().filter(
    ({ method, parameters }) => method === 'GET' && parameters.some(({ name }) => name === 'limiet'),
  )
  for (const { path, scope } of lists)
    it(`lists nothing of another party: ${path}`, async () => {
      const places = path.includes('{id}')
        ? things.filter(({ kind }) => `/${kind}/{id}` === path.slice(0, kind.length + 6))
        : [null]
      for (const place of places)
        for (const { id: client, scopes } of test.hub.region.clients) {
          if (place && !place.reach.includes(client)) continue
          const { status, text } = await test.ask(client, 'GET', `${path.replace('{id}', place?.id ?? '')}?limiet=1000`)
          expect(status, `${client} ${path}`).to.equal(scopes.includes(scope as never) ? 200 : 403)
          for (const { kind, id, reach } of things)
            if (!reach.includes(client) && !SEEN_BY_OFFICE[path]?.includes(kind))
              expect(text, `${client} ${path} ${kind}`).not.to.include(id)
        }
    })
})

/** What an officer's list names of others by its nature. */
const SEEN_BY_OFFICE: Record<string, Kind[]> = {
  '/verzoeken': ['registraties'],
  '/doorbrekingen': ['registraties'],
  '/informeringen': ['registraties'],
}

const withoutMoment = (headers: Headers) => [...headers].filter(([name]) => name !== 'date')
