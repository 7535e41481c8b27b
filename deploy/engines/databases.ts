import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { DatabaseSettings } from '../../hub/edges/store/postgres/settings.ts'

const LIMITS = { pool_max: 5, wait_ms: 5000, statement_ms: 30_000 }

/** Two databases, for the store and for its data keys; `drop` removes them. */
export interface Databases {
  settings: DatabaseSettings
  /** What a statement answers, and the one value of one that answers one: for judging a hub by its store. */
  rows(statement: string): Promise<Record<string, unknown>[]>
  count(statement: string): Promise<number>
  drop(): Promise<void>
}

/** Makes two new databases on the server at `url`. */
export async function newDatabases(url: string): Promise<Databases> {
  const name = `proef_${randomUUID().replaceAll('-', '')}`
  const names = [name, `${name}_sleutels`]
  for (const each of names) await onServer(url, `create database ${each}`)
  const [store, keys] = names.map((each) => Object.assign(new URL(url), { pathname: `/${each}` }).href)
  return {
    settings: { url: store as string, keysUrl: keys as string, ...LIMITS },
    rows: (statement) => onServer(store as string, statement),
    count: async (statement) => Number(Object.values((await onServer(store as string, statement))[0] ?? {})[0]),
    async drop() {
      for (const each of names) await onServer(url, `drop database if exists ${each} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
