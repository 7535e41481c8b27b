import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

const LAST = 'checkpoint'

/**
 * Puts the last checkpoint in the state folder: written aside, synced, renamed, folder synced, so that after a power cut the file
 * holds the old note or the new one, whole. Call it only when the rows that the note covers are on disk.
 * A witness keeps more of them, each under a name of its own.
 */
export async function writeCheckpoint(folder: string, note: string, name = LAST): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const aside = join(folder, `.${name}.${process.pid}`)
  const file = await open(aside, 'w', 0o600)
  try {
    await file.writeFile(note)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, join(folder, name))
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** The last checkpoint of the state folder; null when there is none yet. */
export async function readCheckpoint(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, LAST), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
