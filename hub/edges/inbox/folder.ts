import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join, parse } from 'node:path'

/** Where the files of one sender lie: those that wait in the folder itself, the others one deeper. */
const CLAIMED = 'bezig'
export type Destination = 'klaar' | 'fout'

/** A file that no other process can take any more. */
export interface Claimed {
  folder: string
  name: string
  path: string
}

/** Names that say that their file is not there yet, or is no file of a source. */
const NOT_YET = /^\.|~$|\.(part|partial|tmp|temp|crdownload|filepart)$/i

/** The files that wait, oldest name first; links, folders and files still being written are left alone. */
export function waitingIn(folder: string): { name: string; mark: string }[] {
  return filesIn(folder)
    .filter((name) => !NOT_YET.test(name))
    .map((name) => ({ name, mark: markOf(join(folder, name)) }))
}

/** What an earlier run took and did not finish. */
export function claimedIn(folder: string): Claimed[] {
  return filesIn(join(folder, CLAIMED)).map((name) => ({ folder, name, path: join(folder, CLAIMED, name) }))
}

/** Takes a file by one rename; null when another was quicker. Under a name of its own, when one of that name was there before. */
export function claim(folder: string, file: string): Claimed | null {
  for (const part of [CLAIMED, 'klaar', 'fout']) mkdirSync(join(folder, part), { recursive: true })
  const name = freeName(folder, file)
  const path = join(folder, CLAIMED, name)
  try {
    renameSync(join(folder, file), path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  return { folder, name, path }
}

/** Puts the result beside where the file goes, whole or not at all, and then the file: a file that is not moved is done again. */
export async function finish({ folder, name, path }: Claimed, to: Destination, result: { extension: string; body: Uint8Array }) {
  const place = join(folder, to, `${name}.resultaat.${result.extension}`)
  const handle = await open(`${place}.tmp`, 'w', 0o600)
  try {
    await handle.writeFile(result.body)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await rename(`${place}.tmp`, place)
  await rename(path, join(folder, to, name))
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort()
}

/** Changes while somebody writes. */
function markOf(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : ''
}

function freeName(folder: string, file: string): string {
  const { name, ext } = parse(file)
  const isTaken = (candidate: string) => [CLAIMED, 'klaar', 'fout'].some((part) => existsSync(join(folder, part, candidate)))
  let candidate = file
  for (let number = 2; isTaken(candidate); number++) candidate = `${name}-${number}${ext}`
  return candidate
}
