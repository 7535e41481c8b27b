import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { HubError } from '../../errors.ts'
import { openSqlite } from './sqlite.ts'

/** Where the store lies in `DATA_DIR`. */
export function storeFile(dataDir: string): string {
  return join(dataDir, 'verwijsindex.sqlite')
}

/** Whether a store was ever made in this folder. */
export function storeExists(dataDir: string): boolean {
  return existsSync(storeFile(dataDir))
}

/**
 * Reads the store beside a running hub, a stopped one or one that was killed, and leaves every file in its folder as it was.
 * `read` may be run again when a hub began to write meanwhile, so it only reads. Throws `configuratie` when there is no store.
 */
export async function readBeside<DB, T>(path: string, read: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  for (;;) {
    const before = await stateOf(path)
    const answer = await readOnce(path, before, read)
    if (before.isShared || (await stateOf(path)).print === before.print) return answer
  }
}

interface FileState {
  /** A WAL and its index are there: SQLite itself keeps readers and a writer apart. */
  isShared: boolean
  hasWal: boolean
  print: string
}

async function stateOf(path: string): Promise<FileState> {
  const [main, wal, index] = await Promise.all(
    [path, `${path}-wal`, `${path}-shm`].map((file) => stat(file).catch(() => undefined)),
  )
  if (!main) throw new HubError('configuratie', { detail: `Er is geen database: ${path} ontbreekt. Klopt DATA_DIR?` })
  const print = [main, wal].map((file) => file && `${file.ino} ${file.size} ${file.mtimeMs}`).join('|')
  return { isShared: wal !== undefined && index !== undefined, hasWal: (wal?.size ?? 0) > 0, print }
}

async function readOnce<DB, T>(path: string, state: FileState, read: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  if (state.isShared) return readFrom(path, read)
  if (!state.hasWal) return readFrom(`file:${encodeURI(path).replaceAll('?', '%3f').replaceAll('#', '%23')}?immutable=1`, read)
  const folder = await mkdtemp(join(tmpdir(), 'verwijsindex-'))
  try {
    for (const suffix of ['', '-wal']) await copyFile(path + suffix, join(folder, `kopie${suffix}`))
    return await readFrom(join(folder, 'kopie'), read)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function readFrom<DB, T>(path: string, read: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const { db } = openSqlite<DB>(path, { readOnly: true })
  try {
    return await read(db)
  } finally {
    await db.destroy()
  }
}
