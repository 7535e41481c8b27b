import pg from 'pg'
import type { Site } from '../../hub/faults/child-hub.ts'
import { type Disturbed, disturbWhileSending } from '../../hub/faults/kills.ts'
import { postgresql } from '../engines/postgresql.ts'
import { signalEngine, startEngine } from '../engines/running.ts'

const MOMENT_MS = 300
const HELD_MS = 1500

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What is done to the server while a hub works on it, once; afterwards it serves again. `url` is the server's own database. */
const FAULTS: Record<string, (url: string) => Promise<void>> = {
  async 'server killed'() {
    signalEngine(postgresql, 'SIGKILL')
    await rest(MOMENT_MS)
    await startEngine(postgresql)
  },
  async 'server restarted'() {
    signalEngine(postgresql, 'SIGINT')
    await rest(MOMENT_MS)
    await startEngine(postgresql)
  },
  'back ends terminated': (url) => terminate(url, ''),
  /** As often as one is met in the act: of some the answer gets lost, of some the work. */
  async 'back ends terminated in a commit'(url) {
    const until = performance.now() + HELD_MS
    while (performance.now() < until) await terminate(url, "and query ilike 'commit%' and state = 'active'")
  },
  async 'no connection left'(url) {
    const held: pg.Client[] = []
    await terminate(url, '')
    for (let refused = 0; refused < 3; ) {
      const client = new pg.Client({ connectionString: url })
      client.on('error', () => {})
      await client.connect().then(
        () => held.push(client),
        () => refused++,
      )
    }
    await rest(HELD_MS)
    await Promise.all(held.map((client) => client.end()))
  },
  async 'server stands still'() {
    signalEngine(postgresql, 'SIGSTOP')
    await rest(HELD_MS)
    signalEngine(postgresql, 'SIGCONT')
  },
}

export const SERVER_FAULTS = Object.keys(FAULTS)

/** Senders at work on a hub of this site while one of `SERVER_FAULTS` befalls the server so many times. */
export function playServerFault(
  site: Site,
  url: string,
  { fault, times, seed }: { fault: string; times: number; seed: number },
): Promise<Disturbed> {
  const befall = FAULTS[fault] as (url: string) => Promise<void>
  return disturbWhileSending(site, { times, seed, recovers: true }, () => befall(url))
}

async function terminate(url: string, which: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'verwijsindex %' ${which}`,
  )
  await client.end()
}
