import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

const NAME = 'checkpoint'

/**
 * Puts the last checkpoint in the state folder: written aside, synced, renamed, folder synced, so that after a power cut the file
 * holds the old note or the new one, whole. Call it only when the rows that the note covers are on disk.
 */
export async function writeCheckpoint(folder: string, note: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const aside = join(folder, `.${NAME}.${process.pid}`)
  const file = await open(aside, 'w', 0o600)
  try {
    await file.writeFile(note)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, join(folder, NAME))
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
    return await readFile(join(folder, NAME), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
