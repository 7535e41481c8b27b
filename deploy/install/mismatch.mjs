import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock */

/** Why `node_modules` does not fit the lock file, as a Dutch sentence, or `undefined` when it does. Compares with the record that
 * npm itself keeps of what it installed, so an `npm ci` by hand counts as well as ours.
 * @param {string} root the project's folder
 * @returns {string | undefined} */
export function findMismatch(root) {
  const installed = readLock(join(root, 'node_modules/.package-lock.json'))
  const wanted = readLock(join(root, 'package-lock.json'))
  if (!wanted) return 'Het bestand package-lock.json ontbreekt of is beschadigd'
  if (!installed) return 'Er zijn nog geen pakketten'
  const path = differingPackage(wanted, installed)
  if (path) return `Het pakket ${path.replace(/^.*node_modules\//, '')} past niet bij package-lock.json`
  // npm keeps its record also when a package's install script was skipped.
  if (process.platform !== 'win32' && !existsSync(join(root, 'node_modules/node/bin/node'))) {
    return 'Het installatiescript van het pakket node is niet uitgevoerd'
  }
}

/** The first package that is absent or another one than the lock says. Packages for other systems may be absent; packages
 * that the lock does not know do no harm.
 * @param {Lock} wanted
 * @param {Lock} installed
 * @returns {string | undefined} */
export function differingPackage(wanted, installed) {
  return Object.keys(wanted.packages).find((path) => {
    const want = wanted.packages[path]
    const have = installed.packages[path]
    if (path === '' || !want) return false
    if (!have) return !want.optional && !want.devOptional
    return have.version !== want.version || have.integrity !== want.integrity
  })
}

/** @param {string} path
 * @returns {Lock | undefined} */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
