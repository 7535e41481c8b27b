import { expect } from 'chai'
import { readSchemas } from '../../schemas/files.ts'
import { type Operation, operations } from '../../schemas/openapi.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'
import type { Ask } from '../testing/request.ts'

type Kind = 'registratie' | 'levering' | 'toestemming' | 'doorbreking' | 'match' | 'melding' | 'koppelvraag' | 'abonnement'

interface Thing {
  kind: Kind
  id: string
  /** The clients that may reach it, given the scope. */
  reach: string[]
}

/** What an operation needs that its path and the first example of its body do not say. */
const TOUCHES: Record<string, { kind?: Kind; body?: (id: string) => object; reach?: (thing: Thing) => string[] }> = {
  registratieWijzigen: { body: () => aRegistration({ kenmerk: 'een-ander-kenmerk' }) },
  registratieBeeindigen: { body: () => ({ versie: 1, einddatum: '2026-11-01', afsluitreden: 'uitval' }) },
  toestemmingVastleggen: {
    kind: 'registratie',
    body: (registratie) => ({ registratie, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk' }),
  },
  doorbrekingVastleggen: {
    kind: 'registratie',
    body: (registratie) => ({
      registratie,
      ontvangers: ['mee'],
      reden: 'veiligheid',
      toelichting: 'Afgestemd.',
      oudersGeinformeerd: false,
    }),
  },
  opvolgingVastleggen: { body: () => ({ soort: 'variant', variant: 1 }) },
  meldingMaken: {
    kind: 'registratie',
    body: (registratie) => ({ registratie, reden: 'coordinatie-nodig', urgentie: 'normaal' }),
  },
  meldingBeoordelen: { reach: () => [POINT] },
  koppelvraagBeantwoorden: { body: () => ({ antwoord: 'weet-niet' }) },
}

/** Which kind of thing has its id in a path that begins so. */
const COLLECTIONS: Record<string, Kind> = {
  registraties: 'registratie',
  leveringen: 'levering',
  toestemmingen: 'toestemming',
  doorbrekingen: 'doorbreking',
  matches: 'match',
  meldingen: 'melding',
  koppelvragen: 'koppelvraag',
  abonnementen: 'abonnement',
}

const touchesOne = ({ operationId, path }: Operation) => path.includes('{id}') || operationId in TOUCHES

/** What its schema gives as an example, for an operation that reads a body. */
function exampleOf(bodySchema: string | null): ((id: string) => object) | undefined {
  const examples = bodySchema === null ? undefined : (readSchemas().get(bodySchema)?.examples as object[] | undefined)
  return examples?.[0] === undefined ? undefined : () => examples[0] as object
}

const PARENTS = [
  { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' },
  { kenmerk: 'o2', relatie: 'ouder', gezag: 'ja', voornamen: 'Karel', geslachtsnaam: 'Zandstra', geboortedatum: '1984-07-09' },
]
const SENDERS = ['mee', 'rubicon', 'vorkmeer']
const POINT = 'coordinatiepunt'

/** Something of every kind and of every party that has it. */
async function makeThings(test: TestHub): Promise<Thing[]> {
  const things: Thing[] = []
  const made = async (client: string, path: string, ask: Ask): Promise<Record<string, string>> => {
    const answer = await test.ask(client, 'POST', path, ask)
    expect(answer.status, `${path} ${answer.text}`).to.be.below(300)
    return answer.body
  }
  const add = (kind: Kind, id: string | undefined, reach: string[]) => things.push({ kind, id: String(id), reach })
  for (const client of SENDERS) {
    const persoon = { bsn: aBsn(client === 'vorkmeer' ? 71 : 70), geslachtsnaam: 'Proef', geboortedatum: '2009-03-04' }
    const { id: registratie } = await made(client, '/registraties', { body: aRegistration({ persoon }) })
    add('registratie', registratie, [client])
    const consent = { registratie, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk' }
    add('toestemming', (await made(client, '/toestemmingen', { body: consent })).id, [client])
    const override = {
      registratie,
      ontvangers: ['mee'],
      reden: 'veiligheid',
      toelichting: 'Afgestemd.',
      oudersGeinformeerd: false,
    }
    add('doorbreking', (await made(client, '/doorbrekingen', { body: override })).id, ['privacy-functionaris'])
    const request = { registratie, reden: 'coordinatie-nodig', urgentie: 'normaal' }
    add('melding', (await made(client, '/meldingen', { body: request })).id, [client, POINT])
    const file = { body: JSON.stringify([aRegistration()]), headers: { 'content-type': 'application/json' } }
    add('levering', (await made(client, '/registraties/_bestand?adapter=eigen', file)).leveringId, [client])
  }
  for (const client of [...SENDERS, POINT])
    add(
      'abonnement',
      (
        await made(client, '/abonnementen', {
          body: { url: 'https://ontvanger.example/', typen: ['nl.verwijsindex.match.geopend.v1'] },
        })
      ).id,
      [client],
    )
  const twin = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', adres: { postcode: '5981AB', huisnummer: 12 } }
  for (const [client, voornamen] of [
    ['mee', 'Jasmijn'],
    ['rubicon', 'J'],
  ] as const)
    await made(client, '/registraties', { body: aRegistration({ persoon: { ...twin, voornamen }, gezagsdragers: PARENTS }) })
  await test.untilProcessed()
  add('koppelvraag', (await test.ask('beheer', 'GET', '/koppelvragen')).body.koppelvragen[0].id, ['beheer'])
  add('match', (await test.ask('mee', 'GET', '/matches')).body.matches[0].id, ['mee', 'rubicon', POINT])
  return things
}

describe('each client against each route and each other party’s objects', () => {
  let test: TestHub
  let things: Thing[]
  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    things = await makeThings(test)
  })
  after(() => test.stop())

  for (const { operationId, method, path, scope, bodySchema } of operations().filter(touchesOne))
    it(`${method} ${path}`, async () => {
      // A collection that is in neither table has none of these things: it must find none of them, whoever asks.
      const {
        kind = COLLECTIONS[path.split('/')[1] ?? ''],
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
      // Who may not comes first: whoever may can end the thing.
      for (const may of [false, true])
        for (const client of holders) {
          const unknown = await ask(client, 'r_00000000000000000000000000')
          for (const thing of asked) {
            const isReachable = thing.kind === kind && reach(thing).includes(client)
            if (isReachable !== may) continue
            const { status, text } = await ask(client, thing.id)
            const what = `${client} ${method} ${path} ${thing.kind} of ${thing.reach}`
            if (isReachable) expect(status, what).not.to.be.oneOf([401, 403, 404])
            else expect([status, text], what).to.eql([404, unknown.text])
          }
        }
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

  it('lists nothing of another party', async () => {
    const lists = ['/registraties', '/abonnementen', '/meldingen', '/matches']
    for (const { id: client, scopes } of test.hub.region.clients)
      for (const path of lists) {
        const { status, text } = await test.ask(client, 'GET', `${path}?limiet=1000`)
        const scope = operations().find((operation) => operation.path === path && operation.method === 'GET')?.scope
        expect(status, `${client} ${path}`).to.equal(scopes.includes(scope as never) ? 200 : 403)
        const strange = things.filter(({ kind, reach }) => kind !== 'koppelvraag' && !reach.includes(client))
        for (const { kind, id } of strange) expect(text, `${client} ${path} ${kind}`).not.to.include(id)
      }
  })
})
