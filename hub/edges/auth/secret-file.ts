import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file that only its owner reads, unless it is there: a link, unlike a rename, never replaces what another process published a moment before. */
export function publishOnce(path: string, text: string): void {
  const beside = writeBeside(path, text)
  try {
    linkSync(beside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(beside)
  }
}

/** Writes a file that only its owner reads, in place of what is there, whole or not at all. */
export function replaceWhole(path: string, text: string): void {
  renameSync(writeBeside(path, text), path)
}

function writeBeside(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${randomBytes(8).toString('hex')}`
  writeFileSync(beside, text, { mode: 0o600, flag: 'wx', flush: true })
  return beside
}
