import type { Breach, Tree } from '../tree.ts'

interface Package {
  version?: string
  integrity?: string
  optionalDependencies?: Record<string, string>
}

const LOCK = 'package-lock.json'

/** Every package in the lock file has its version and hash, and the packages for other systems are in it: `npm ci` refuses a
 * lock without them, which shows only on a clean clone. */
export function lockFile(tree: Tree): Breach[] {
  const { packages = {} }: { packages?: Record<string, Package> } = JSON.parse(tree.text(LOCK) || '{}')
  const entries = Object.entries(packages).filter(([path]) => path !== '')
  return entries.flatMap(([path, { version, integrity, optionalDependencies }]) => {
    const absent = Object.keys(optionalDependencies ?? {}).filter((name) => !isLocked(packages, path, name))
    const faults = absent.map((name) => `${path} wants ${name}, which is absent`)
    if (!version || !integrity) faults.push(`${path} has no version or hash`)
    return faults.map((message) => ({ path: LOCK, line: 1, message }))
  })
}

function isLocked(packages: Record<string, Package>, path: string, name: string): boolean {
  return `${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages
}
