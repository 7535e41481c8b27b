import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { HubError } from '../../errors.ts'
import type { KeyPrints } from '../../ports/link-keys.ts'
import { migrate } from './migrate.ts'
import { copyStore, emptyStore, finishCopy } from './move/copy.ts'
import type { AnyStore } from './move/numbers.ts'
import type { Places } from './places.ts'
import { besidePostgres } from './postgres/beside.ts'
import { setUp } from './postgres/set-up.ts'
import type { DatabaseSettings } from './postgres/settings.ts'
import { openSqlite } from './sqlite.ts'
import { readBeside, storeFile } from './store-file.ts'

/**
 * Copies the store as it is at one moment, beside a running hub, into a file of SQLite; the keys are not in it. Throws `gebruik` for a folder that
 * has one. What fails leaves no file.
 */
export async function backupStore({ dataDir, database }: Places, dir: string): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const target = storeFile(dir)
  await open(target, 'wx', 0o600).then(
    (file) => file.close(),
    (cause: NodeJS.ErrnoException) => {
      throw cause.code === 'EEXIST' ? new HubError('gebruik', { detail: `${target} is er al; geef een lege map.`, cause }) : cause
    },
  )
  try {
    if (database) await copyFromPostgres(database, target)
    else await copyFromFile(dataDir, target)
  } catch (error) {
    await rm(target, { force: true })
    throw error
  }
  return target
}

async function copyFromFile(dataDir: string, target: string): Promise<void> {
  const source = new DatabaseSync(storeFile(dataDir), { readOnly: true, timeout: 5000 })
  try {
    await backup(source, target)
  } finally {
    source.close()
  }
}

function copyFromPostgres(database: DatabaseSettings, target: string): Promise<void> {
  return besidePostgres(database.url, database, (db: AnyStore) =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (from) => {
        const { db: to } = openSqlite<Record<string, never>>(target)
        try {
          await migrate(to)
          await copyStore(from, to, COPY)
          await finishCopy(to)
        } finally {
          await to.destroy()
        }
      }),
  )
}

const COPY = { source: 'reservekopie', progress() {} }

/**
 * Puts a copy in the store's place, whole or not at all: what is cut off is no store that a hub would start on. Only for who holds the lock.
 * `prints` tell the keys that the store belongs to.
 */
export async function replaceStore({ dataDir, database }: Places, from: string, prints: KeyPrints): Promise<void> {
  if (database) await copyIntoPostgres(database, from, prints)
  else await replaceFile(dataDir, from)
}

async function copyIntoPostgres(database: DatabaseSettings, path: string, prints: KeyPrints): Promise<void> {
  await setUp(database, prints, async (db) => {
    const to = db as unknown as AnyStore
    await readBeside(path, async (from: AnyStore) => {
      await emptyStore(to)
      await copyStore(from, to, COPY)
      await finishCopy(to)
    })
  })
}

async function replaceFile(dataDir: string, from: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const target = storeFile(dataDir)
  const aside = `${target}.nieuw`
  await copyFile(from, aside)
  await sync(aside)
  for (const suffix of ['-wal', '-shm']) await rm(target + suffix, { force: true })
  await rename(aside, target)
  await sync(join(dataDir))
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  await file.sync()
  await file.close()
}
