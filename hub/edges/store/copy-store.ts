import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { HubError } from '../../errors.ts'
import { storeFile } from './store-file.ts'

/** Copies the store as it is at one moment, beside a running hub; the keys are not in it. Refuses a folder that has one. */
export async function backupStore(dataDir: string, dir: string): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const target = storeFile(dir)
  await open(target, 'wx', 0o600).then(
    (file) => file.close(),
    (cause) => {
      throw new HubError('gebruik', { detail: `${target} is er al; geef een lege map.`, cause })
    },
  )
  const source = new DatabaseSync(storeFile(dataDir), { readOnly: true, timeout: 5000 })
  try {
    await backup(source, target)
  } finally {
    source.close()
  }
  return target
}

/** Puts a copy in the store's place, whole or not at all. Only for who holds the lock. */
export async function replaceStore(dataDir: string, from: string): Promise<void> {
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
