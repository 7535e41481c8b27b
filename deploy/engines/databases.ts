import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { DatabaseSettings } from '../../hub/edges/store/postgres/settings.ts'

const LIMITS = { pool_max: 5, wait_ms: 5000, statement_ms: 30_000 }

/** Two new databases, for the store and for its data keys, on the server at `url`; `drop` removes them. */
export interface Databases {
  settings: DatabaseSettings
  drop(): Promise<void>
}

export async function newDatabases(url: string): Promise<Databases> {
  const name = `proef_${randomUUID().replaceAll('-', '')}`
  const names = [name, `${name}_sleutels`]
  for (const each of names) await onServer(url, `create database ${each}`)
  const [store, keys] = names.map((each) => Object.assign(new URL(url), { pathname: `/${each}` }).href)
  return {
    settings: { url: store as string, keysUrl: keys as string, ...LIMITS },
    async drop() {
      for (const each of names) await onServer(url, `drop database if exists ${each} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
