import { Agent, request } from 'node:http'
import { isBsn } from '../../schemas/bsn.ts'
import { makeSite, type Site, startHub, tokensOf } from '../faults/child-hub.ts'
import { plant } from '../faults/fuzz/plant.ts'
import { type TokenOf, untilProcessed } from './load.ts'

/** Two questions that must not be told apart by the time of their answers. */
export interface Comparison {
  what: string
  /** Medians in milliseconds. */
  one_ms: number
  other_ms: number
  count: number
}

interface Asked {
  client: string
  method: string
  path: string
  body?: object
  status: number
}

/** What else has an id in a path: the collection, what stands below the id, and the body of a change. */
const OF_OTHERS: [kind: string, below: string, body?: object][] = [
  ['meldingen', ''],
  ['coordinatiecasussen', ''],
  ['overdrachten', ''],
  ['betrokkenheden', ''],
  ['toestemmingen', '/intrekkingen', {}],
  ['deelbesluiten', '/intrekkingen', {}],
  ['verzoeken', '/adviezen', { advies: 'gegrond' }],
  ['abonnementen', ''],
]

const KNOWN = 20
const WARM_UP = 200
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** Asks each pair `count` times over one connection, in a random order, and answers the medians. */
export async function enumerationTimings(root: string, count: number, seed: number): Promise<Comparison[]> {
  const site = await makeSite(root, { CLOCK: '2026-11-22T09:00:00Z' })
  const hub = await startHub(site)
  const token = tokensOf(site)
  const numbers = bsns(KNOWN + 2 * (count + WARM_UP))
  const { registrations, matches } = await fill(site, token, numbers.slice(0, KNOWN))
  const fresh = numbers.slice(KNOWN)
  const other = (ids: string[], n: number) => ids[n % ids.length] as string
  const get = (path: (n: number) => string) => (n: number) => ({ client: 'vorkmeer', method: 'GET', path: path(n), status: 404 })
  const withdraw = (id: (n: number) => string) => (n: number) => ({
    ...{ client: 'vorkmeer', method: 'POST', path: `/toestemmingen/${id(n)}/intrekkingen`, body: {}, status: 404 },
  })
  const push = (name: string, bsn: (n: number) => string) => (n: number) => ({
    ...{ client: 'vorkmeer', method: 'POST', path: '/registraties', body: registration(`${name}-${n}`, bsn(n)), status: 201 },
  })
  const none = get((n) => `/matches/${unknown('m', n)}`)
  const pairs: [string, (n: number) => Asked, (n: number) => Asked][] = [
    ['none, and none: what the machine itself differs', none, none],
    ['a match of others, or none', get((n) => `/matches/${other(matches, n)}`), none],
    [
      'a registration of another, or none',
      get((n) => `/registraties/${other(registrations, n)}`),
      get((n) => `/registraties/${unknown('r', n)}`),
    ],
    ['a consent: an id of another kind, or none', withdraw((n) => other(registrations, n)), withdraw((n) => unknown('t', n))],
    [
      'pushing a child that others know (sealed), or nobody',
      push('bekend', (n) => other(numbers.slice(0, KNOWN), n)),
      push('nieuw', (n) => fresh[n] as string),
    ],
  ]
  const planted = await plant(site, token)
  for (const [kind, below, body] of OF_OTHERS) {
    const id = String(planted[kind]?.[0])
    const ask = (asked: string) => ({
      client: 'bureau-jeugdzorg',
      path: `/${kind}/${asked}${below}`,
      status: 404,
      ...methodFor(kind, body),
    })
    pairs.push([`${kind}: another's, or none`, () => ask(id), (n) => ask(unknown(id.split('_')[0] as string, n))])
  }
  const found: Comparison[] = []
  for (const [what, one, another] of pairs) found.push(await compare(site, token, what, [one, another], count, seed))
  await hub.stop()
  agent.destroy()
  return found
}

const methodFor = (kind: string, body?: object) =>
  kind === 'abonnementen' ? { method: 'DELETE' } : body ? { method: 'POST', body } : { method: 'GET' }

async function compare(
  site: Site,
  token: TokenOf,
  what: string,
  makers: [(n: number) => Asked, (n: number) => Asked],
  count: number,
  seed: number,
): Promise<Comparison> {
  const random = generator(seed)
  const times: [number[], number[]] = [[], []]
  const turns = [0, 0]
  while (Math.min(times[0].length, times[1].length) < count) {
    const which = random() < 0.5 ? 0 : 1
    const turn = turns[which] as number
    if (turn >= count + WARM_UP) continue
    turns[which] = turn + 1
    const took_ms = await timed(site, token, makers[which](turn))
    if (turn >= WARM_UP) times[which].push(took_ms)
  }
  return { what, one_ms: median(times[0]), other_ms: median(times[1]), count }
}

async function timed(site: Site, token: TokenOf, { client, method, path, body, status }: Asked): Promise<number> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const type = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  const headers = { authorization: `Bearer ${await token(client)}`, ...type }
  const from = performance.now()
  const got = await new Promise<number>((resolve, reject) => {
    const sent = request(`${site.baseUrl}/v1${path}`, { method, headers, agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.on('error', reject).end(text)
  })
  if (got !== status) throw new Error(`${method} ${path} got ${got}`)
  return performance.now() - from
}

/** Children whom two organisations know: the first half visible to each other, the rest sealed. Answers what vorkmeer must not find. */
async function fill(site: Site, token: TokenOf, numbers: string[]): Promise<{ registrations: string[]; matches: string[] }> {
  const call = async (client: string, method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${await token(client)}`, 'content-type': 'application/json' }
    const answer = await fetch(`${site.baseUrl}/v1${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!answer.ok) throw new Error(`${method} ${path} got ${answer.status}`)
    return (await answer.json()) as { id: string; matches: { id: string }[] }
  }
  const registrations: string[] = []
  for (const [i, bsn] of numbers.entries())
    for (const client of ['mee', 'rubicon']) {
      const { id } = await call(client, 'POST', '/registraties', registration(`${client}-${bsn}`, bsn))
      registrations.push(id)
      const consent = { registratie: id, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'mondeling' }
      if (i < KNOWN / 2) await call(client, 'POST', '/toestemmingen', consent)
    }
  await untilProcessed(site, token)
  const { matches } = await call('mee', 'GET', '/matches?limiet=1000')
  return { registrations, matches: matches.map(({ id }) => id) }
}

function registration(name: string, bsn: string): object {
  return {
    ...{ bronbericht: name, kenmerk: name, versie: 1, persoon: { bsn, geboortedatum: '2009-06-01' } },
    ...{ betrokkenheid: { status: 'actief', begindatum: '2026-10-01' }, contact: { functie: 'hulpverlener' } },
  }
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A well-formed id that the hub never gave. */
function unknown(kind: string, n: number): string {
  const tail = Array.from({ length: 16 }, (_, i) => LETTERS[(n * 7 + i * 11) % 32]).join('')
  return `${kind}_01KAP4K6M0${tail}`
}

function bsns(count: number): string[] {
  const found: string[] = []
  for (let number = 960_000_000; found.length < count; number++) if (isBsn(String(number))) found.push(String(number))
  return found
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
}

/** Mulberry32: the same order for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
