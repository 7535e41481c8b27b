import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const POINT = 'coordinatiepunt'

/** What can be changed by several, who reads it, who changes it, and one change after another. */
interface Changed {
  path: string
  by: string
  act: (n: number) => [path: string, body: object]
}

describe('If-Match on what several can change', () => {
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  const things: Record<string, Changed> = {}
  before(async () => {
    test = await startTestHub({ clock: '2026-11-23T09:00:00+01:00' })
    s = scenarioOn(test)
    const persoon = { bsn: aBsn(40), geboortedatum: '2009-05-06' }
    for (const by of ['mee', 'rubicon']) {
      await s.register({ by, kenmerk: 'd', persoon })
      await s.consent(by, 'd', { gever: 'jeugdige' })
    }
    const registratie = s.idOf('mee', 'd')
    const match = String((await s.matches(POINT))[0]?.id)
    const melding = (await s.must('mee', 'POST', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).body.id
    const { id: casus } = (await s.must(POINT, 'POST', '/coordinatiecasussen', { match })).body
    const overdracht = (await s.must('mee', 'POST', '/overdrachten', { registratie, naar: 'vorkmeer' })).body.id
    const at = (path: string, by: string, below: string, body: (n: number) => object): Changed => ({
      path,
      by,
      act: (n) => [`${path}/${below}`, body(n)],
    })
    things.match = at(`/matches/${match}`, POINT, 'opvolgingen', (variant) => ({ soort: 'variant', variant }))
    things.melding = at(`/meldingen/${melding}`, POINT, 'beoordelingen', (n) => ({ oordeel: n === 0 ? 'getoetst' : 'opgepakt' }))
    things.casus = at(`/coordinatiecasussen/${casus}`, POINT, 'handelingen', (variant) => ({ soort: 'variant', variant }))
    things.overdracht = at(`/overdrachten/${overdracht}`, 'vorkmeer', 'antwoorden', (n) => ({
      antwoord: n === 0 ? 'aanvaard' : 'teruggegeven',
    }))
  })
  after(() => test.stop())

  const tagOf = async ({ path, by }: Changed) => (await test.ask(by, 'GET', path)).headers.get('etag') as string
  const change = async ({ by, act }: Changed, n: number, tag: string) => {
    const [path, body] = act(n)
    return (await test.ask(by, 'POST', path, { body, headers: { 'if-match': tag } })).status
  }

  for (const name of ['match', 'melding', 'casus', 'overdracht'])
    it(`of a ${name}: changes only what bears the tag that it had, once`, async () => {
      const thing = things[name] as Changed
      const [path] = thing.act(0)
      const first = await tagOf(thing)
      expect(first).to.match(/^"[\w-]{22}"$/)
      expect(await tagOf(thing), 'the same body, the same tag').to.equal(first)
      for (const tag of ['"anders"', `W/${first}`, first.slice(1, -1), '"a", "b"']) {
        expect(await change(thing, 0, tag), tag).to.equal(412)
        expect(await tagOf(thing), 'nothing was changed').to.equal(first)
      }
      const unknown = path.replace(/_\w+\//, '_00000000000000000000000000/')
      const headers = { 'if-match': '"anders"' }
      const gone = await test.ask(thing.by, 'POST', unknown, { body: thing.act(0)[1], headers })
      expect(gone.status, 'unknown comes before outdated').to.equal(404)
      expect(await change(thing, 0, `"anders", ${first}`)).to.equal(201)
      const second = await tagOf(thing)
      expect(second).not.to.equal(first)
      expect(await change(thing, 1, first), 'by who looked before').to.equal(412)
      expect(await change(thing, 1, '*')).to.equal(201)
    })

  it('answers 304 to who has it still, and a whole answer to who has not', async () => {
    for (const { path, by } of Object.values(things)) {
      const whole = await test.ask(by, 'GET', path)
      const tag = whole.headers.get('etag') as string
      const ask = async (sent: string) => {
        const { status, text, headers } = await test.ask(by, 'GET', path, { headers: { 'if-none-match': sent } })
        return [status, text, headers.get('etag')]
      }
      expect(await ask(tag), path).to.eql([304, '', tag])
      expect(await ask(`W/${tag}`), path).to.eql([304, '', tag])
      expect(await ask('"anders"'), path).to.eql([200, whole.text, tag])
    }
  })

  it('has a tag of its own for each reader, made of what that reader sees', async () => {
    const { path } = things.match as Changed
    const own = String((await s.matches('mee'))[0]?.id)
    const tags = [
      await tagOf({ ...(things.match as Changed), by: POINT }),
      (await test.ask('mee', 'GET', `/matches/${own}`)).headers.get('etag'),
    ]
    expect(new Set(tags).size, path).to.equal(2)
  })

  it('lets one of two changes at once through', async () => {
    const thing = things.casus as Changed
    const tag = await tagOf(thing)
    const statuses = await Promise.all([0, 2].map((variant) => change(thing, variant, tag)))
    expect(statuses.toSorted()).to.eql([201, 412])
  })
})
