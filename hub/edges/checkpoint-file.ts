import { appendFile, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const LAST = 'checkpoint'
const EARLIER = 'checkpoints'
/** Beyond so many checkpoints every second one of the older half goes. */
const EARLIER_MAX = 4_000

/** What the state folder knows of the log: the last checkpoint, and what earlier ones said (no signatures: nobody else writes here). */
export interface StateEvidence {
  note: string | null
  earlier: { size: number; root: Uint8Array }[]
}

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
  return readIfThere(join(folder, LAST))
}

/** The last checkpoint and the earlier ones; a line that a power cut left half written is passed over. */
export async function readState(folder: string): Promise<StateEvidence> {
  const note = await readCheckpoint(folder)
  const lines = (await readIfThere(join(folder, EARLIER)))?.split('\n') ?? []
  const earlier = lines.flatMap((line) => {
    const [, size, root] = /^(\d{1,15}) ([A-Za-z0-9+/]{43}=)$/.exec(line) ?? []
    return size && root ? [{ size: Number(size), root: Buffer.from(root, 'base64') }] : []
  })
  return { note, earlier }
}

/**
 * The hub's new last checkpoint. Size and root are also added to those of before: a log that was exchanged for another with the same
 * beginning is then told by the first line that differs, not only by the last. After a restore the log goes on from an older line, and
 * what was noted of the lines behind it no longer holds.
 */
export async function publishCheckpoint(folder: string, note: string): Promise<void> {
  const [, size, root] = note.split('\n')
  await writeCheckpoint(folder, note)
  const path = join(folder, EARLIER)
  const known = ((await readIfThere(path)) ?? '').split('\n').filter((line) => line !== '')
  const before = known.filter((line) => Number(line.split(' ')[0]) < Number(size))
  const line = `${size} ${root}`
  if (before.length === known.length && known.length < EARLIER_MAX) return appendFile(path, `${line}\n`, { mode: 0o600 })
  await writeFile(path, `${[...thinned(before), line].join('\n')}\n`, { mode: 0o600 })
}

function thinned(lines: string[]): string[] {
  if (lines.length < EARLIER_MAX) return lines
  return lines.filter((_, i) => i >= EARLIER_MAX / 2 || i % 2 === 0)
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
