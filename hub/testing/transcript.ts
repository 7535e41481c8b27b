import { setTimeout as wait } from 'node:timers/promises'
import { tagOf } from '../flows/expected.ts'
import type { TestHub } from './hub.ts'
import type { Answer } from './request.ts'

const ID = /\b[a-z]+_[0-9A-HJKMNP-TV-Z]{26}\b/g
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g
/** Headers that differ between any two answers. */
const VOLATILE = new Set(['date', 'x-request-id', 'traceparent', 'x-trace-id'])
const MATCH_ID = /\bm_[0-9A-HJKMNP-TV-Z]{26}\b/

/**
 * Everything that a client can learn from the hub, with all and with each of its scopes: status, headers and body of every look and of some
 * attempts, its stream included. Ids are numbered in order of appearance and times left out; nothing else is.
 * `hidden` are ids of which the client must know nothing.
 */
export async function transcriptOf(test: TestHub, client: string, hidden: string[], eachScope: boolean): Promise<string[]> {
  const scopes = eachScope ? scopesOf(test, client) : []
  const lines: string[] = []
  for (const scope of [undefined, ...scopes]) {
    const token = await test.token(client, scope === undefined ? {} : { scope })
    const all = await looks(test, client, hidden)
    for (const [method, path, body] of scope === undefined
      ? all
      : all.filter(([, each]) => /match|gebeurtenissen$|cijfers/.test(each))) {
      const answer = await test.ask(client, method, path, { token, ...(body ? { body } : {}) })
      const headers = [...answer.headers].filter(([name]) => !VOLATILE.has(name)).map((header) => shown(header, answer))
      lines.push([scope ?? '*', method, path, answer.status, headers.join('&'), answer.text].join(' '))
    }
  }
  lines.push(await streamOf(test, client))
  return numbered(lines, hidden)
}

/** A tag holds ids and times hashed, so of a tag that is made of its body only that is left. */
function shown([name, value]: [string, string], { body }: Answer): string {
  return `${name}=${name === 'etag' && value === tagOf(body) ? 'of this body' : value}`
}

function scopesOf(test: TestHub, client: string): string[] {
  return test.hub.region.clients.find((each) => each.id === client)?.scopes ?? []
}

async function looks(test: TestHub, client: string, hidden: string[]): Promise<[string, string, object?][]> {
  const lists = ['/matches', '/matches?status=open', '/matches?status=gesloten&opgevolgd=false', '/matches?opgevolgd=true']
  const more = [
    '/matches?limiet=1',
    '/gebeurtenissen',
    '/gebeurtenissen?limiet=2',
    '/meldingen',
    '/registraties',
    '/abonnementen',
  ]
  const offices = ['/cijfers', '/coordinatiecasussen', '/coordinatiecasussen?volgorde=termijn', '/koppelvragen', '/quarantaine']
  const handed = ['/overdrachten', '/betrokkenheden', '/cijfers?van=2026-01-01&tot=2026-12-31', '/cijfers?formaat=csv']
  const own = await test.hub.store.read((tx) => tx.registrations.listOwn(client, null, 0, 100))
  const reads = own.flatMap(({ id }) => [`/registraties/${id}`, `/registraties/${id}/toestemmingen`])
  const details = await Promise.all(
    ['/meldingen', '/coordinatiecasussen', '/overdrachten'].map((path) => eachOf(test, client, path)),
  )
  const contact = { soort: 'contact', gesproken: true }
  const stranger = { ...contact, metOrganisaties: ['vorkmeer'] }
  const seen = await test.ask(client, 'GET', '/matches')
  const visible = MATCH_ID.exec(seen.text)?.[0]
  return [
    ...[...lists, ...more, ...offices, ...handed, ...details.flat(), ...reads].map((path): [string, string] => ['GET', path]),
    ...(visible ? [['POST', `/matches/${visible}/opvolgingen`, stranger] as [string, string, object]] : []),
    ...hidden.flatMap((id): [string, string, object?][] => [
      ['GET', `/matches/${id}`],
      ['POST', `/matches/${id}/opvolgingen`, contact],
    ]),
    ['POST', '/personen/_zoek', { persoon: { bsn: '999900018' }, reden: 'vraag' }],
  ]
}

/** Every item of a list, by itself. */
async function eachOf(test: TestHub, client: string, path: string): Promise<string[]> {
  const { body, status } = await test.ask(client, 'GET', path)
  if (status !== 200) return []
  return (Object.values(body).find(Array.isArray) ?? []).map(({ id }: { id: string }) => `${path}/${id}`)
}

/** A busy machine may take so long. */
const STREAM_MS = 10_000

async function streamOf(test: TestHub, client: string): Promise<string> {
  if (!scopesOf(test, client).includes('gebeurtenis:lezen')) return 'stream -'
  const stop = new AbortController()
  const headers = { authorization: `Bearer ${await test.token(client)}` }
  const response = await fetch(`${test.baseUrl}/v1/gebeurtenissen/_stroom`, { headers, signal: stop.signal })
  const parts: string[] = []
  const reading = (async () => {
    for await (const part of response.body ?? []) parts.push(Buffer.from(part).toString())
  })().catch(() => undefined)
  const { body } = await test.ask(client, 'GET', '/gebeurtenissen?limiet=1000')
  const last = body.gebeurtenissen.at(-1)?.id ?? ''
  for (let waited = 0; waited < STREAM_MS && !parts.join('').includes(last); waited += 20) await wait(20)
  // What comes after that ought not to be there.
  await wait(60)
  stop.abort()
  await reading
  return `stream ${response.status} ${parts.join('').replace(/^: *$/gm, '').trim()}`
}

/** Ids by their first appearance, so that it shows when two answers speak of the same; the hidden are all alike. */
function numbered(lines: string[], hidden: string[]): string[] {
  const names = new Map(hidden.map((id) => [id, 'HIDDEN']))
  const start = names.size
  const name = (id: string) => names.get(id) ?? names.set(id, `${id.slice(0, 2)}${names.size - start}`).get(id) ?? id
  return lines.map((line) => line.replace(ID, name).replace(INSTANT, 'TIME'))
}

/** What the hub's metrics say, without what only says how long something took. */
export async function metricsOf(test: TestHub): Promise<string[]> {
  const text = await (await fetch(`${test.baseUrl}/metrics`)).text()
  return text.split('\n').filter((line) => line.startsWith('verwijsindex_') && !line.includes('seconden'))
}
