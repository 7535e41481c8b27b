import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { HubError } from '../../errors.ts'

/** Holds a store for one process; the operating system lets go when the process ends, however it ends. */
export interface StoreLock {
  release(): void
}

/**
 * Takes the store in this folder for this process alone. The lock is SQLite's own exclusive lock on a small file, which no other
 * process can share; who holds it stands readable beside it. Throws `configuratie` naming the holder when it is taken.
 */
export function takeLock(dataDir: string, command: string): StoreLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const holderPath = join(dataDir, 'slot.json')
  const lock = new DatabaseSync(join(dataDir, 'slot.db'), { timeout: 0 })
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new HubError('configuratie', {
      detail: `${dataDir} is in gebruik door ${holderIn(holderPath)}. Stop dat eerst.`,
      cause,
    })
  }
  writeFileSync(holderPath, JSON.stringify({ pid: process.pid, commando: command, sinds: new Date().toISOString() }))
  return {
    release() {
      rmSync(holderPath, { force: true })
      lock.close()
    },
  }
}

function holderIn(path: string): string {
  try {
    const { pid, commando, sinds } = JSON.parse(readFileSync(path, 'utf8'))
    return `proces ${pid} (verwijsindex ${commando}, sinds ${sinds})`
  } catch {
    return 'een ander proces'
  }
}
