import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Runs `work` while no other process does so under the same folder; waits for the other as long as it lives.
 * A lock whose process is gone (killed half-way) is taken over.
 * @param {string} folder made when absent
 * @param {(line: string) => void} say told once when it has to wait
 * @param {() => void} work */
export async function withInstallLock(folder, say, work) {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, 'install.lock')
  const release = () => rmSync(lock, { force: true })
  for (let waited = 0; !take(lock); waited++) {
    if (waited === 0) say('Een ander proces installeert de pakketten al; even wachten ...')
    await sleep(200)
  }
  process.once('exit', release)
  work()
  process.removeListener('exit', release)
  release()
}

/** @param {string} lock */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const holder = readHolder(lock)
  if (holder !== undefined && !isAlive(holder)) discard(lock, holder)
  return false
}

/** Removes a dead process's lock by moving it aside first: of two that try at once, one moves it. When it turns out to be
 * a fresh lock of a third, it is put back.
 * @param {string} lock
 * @param {number} holder */
function discard(lock, holder) {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (readHolder(aside) === holder) rmSync(aside, { force: true })
  else renameSync(aside, lock)
}

/** @param {string} lock
 * @returns {number | undefined} `undefined` when it is gone or being written */
function readHolder(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
