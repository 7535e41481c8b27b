import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aRegistration } from '../testing/registration.ts'
import { metricsOf } from '../testing/transcript.ts'

const idNumber = (number: number) => `m_${String(number).padStart(26, '0')}`

describe('who asks too much', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub({ requestsPerSecond: 20, personsPerHour: 10 })
  })
  after(() => test.stop())

  const until429 = async (client: string | null, path: string) => {
    for (let i = 0; i < 500; i++) {
      const answer = await test.ask(client, 'GET', path)
      if (answer.status === 429) return answer
    }
    throw new Error('was never refused')
  }

  it('gets 429 with Retry-After for this kind of request, while another kind and another client go on', async () => {
    const { headers, body } = await until429('mee', '/registraties')
    expect(headers.get('ratelimit-policy')).to.equal('"lezen";q=40;w=2')
    expect(headers.get('ratelimit')).to.match(/^"lezen";r=[0-4];t=[01]$/)
    expect(body.type).to.equal('urn:verwijsindex:fout:te-veel-verzoeken')
    expect((await test.ask('mee', 'POST', '/registraties', { body: aRegistration() })).status).to.equal(201)
    expect((await test.ask('rubicon', 'GET', '/registraties')).status).to.equal(200)
  })

  it('gets 429 for what is no route and for other methods too', async () => {
    for (const [method, path] of [
      ['GET', '/onbekend'],
      ['PATCH', '/registraties'],
    ] as const) {
      const answers = await Promise.all(Array.from({ length: 60 }, () => fetch(`${test.baseUrl}/v1${path}`, { method })))
      const limited = answers.find(({ status }) => status === 429)
      expect(limited?.headers.get('retry-after'), path).to.equal('1')
      expect(limited?.headers.get('content-type'), path).to.match(/^application\/problem\+json/)
    }
    expect((await test.ask(null, 'GET', '/registraties')).status).to.equal(401)
  })

  it('is stopped after too many different ids, found or not, and the privacy officer sees it', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await test.ask('vorkmeer', 'GET', `/matches/${idNumber(i)}`)).status)
    expect(statuses).to.eql([...Array(10).fill(404), 429, 429])
    expect((await test.ask('vorkmeer', 'GET', `/matches/${idNumber(0)}`)).status).to.equal(404)
    expect((await test.ask('vorkmeer', 'GET', '/registraties')).status).to.equal(200)
    expect((await test.ask('vorkmeer', 'GET', '/gebeurtenissen')).status).to.equal(200)
    const query = { organisatie: 'vorkmeer', uitkomst: 'geweigerd' }
    const found = await test.ask('privacy-functionaris', 'POST', '/logregels/_zoek', { body: query })
    const stopped = found.body.logregels.filter((line: { weigering?: string }) => line.weigering === 'te-veel-personen')
    expect(stopped).to.have.length(2)
  })

  it('is counted in the metrics by kind of refusal, without a word about whom', async () => {
    await test.ask('bureau-jeugdzorg', 'POST', '/registraties', { body: '{"__proto__":1}' })
    while ((await fetch(`${test.baseUrl}/v1/registraties`, { method: 'PATCH' })).status !== 405);
    while ((await fetch(`${test.baseUrl}/v1/onbekend`)).status !== 404);
    const lines = await metricsOf(test)
    for (const fout of [
      'te-veel-verzoeken',
      'te-veel-personen',
      'niet-gevonden',
      'methode-niet-toegestaan',
      'ongeldige-invoer',
      'token-ongeldig',
    ])
      expect(
        lines.some((line) => line.startsWith(`verwijsindex_geweigerd_totaal{fout="${fout}"}`)),
        fout,
      ).to.equal(true)
    expect(lines.some((line) => line.startsWith('verwijsindex_invoerfouten_totaal{code="onbekend-veld"}'))).to.equal(true)
  })

  for (const [client, path, body] of [
    ['rubicon', '/coordinatiecasussen/', undefined],
    ['rubicon', '/overdrachten/', undefined],
    ['rubicon', '/betrokkenheden/', undefined],
    ['coordinatiepunt', '/coordinatiecasussen/', undefined],
    ['beheer', '/koppelvragen/', { antwoord: 'weet-niet' }],
    ['privacy-functionaris', '/personen/', undefined],
    ['privacy-functionaris', '/personen/_inzagen', { persoon: 'p_' }],
  ] as const)
    it(`is stopped at ${path} as ${client} too, over all kinds together`, async () => {
      await test.restart()
      const ask = async (i: number) => {
        const id = idNumber(i)
        if (body && 'persoon' in body) return test.ask(client, 'POST', path, { body: { persoon: `p_${id.slice(2)}` } })
        if (path === '/personen/') return test.ask(client, 'GET', `${path}${id}/overzicht`)
        return body ? test.ask(client, 'POST', `${path}${id}/antwoorden`, { body }) : test.ask(client, 'GET', path + id)
      }
      const statuses: number[] = []
      for (let i = 0; i < 11; i++) statuses.push((await ask(i)).status)
      expect(statuses.slice(0, 10)).not.to.include(429)
      expect(statuses.at(-1)).to.equal(429)
    })
})
