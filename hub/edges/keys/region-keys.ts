import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HubError } from '../../errors.ts'

/** The region's own secrets, from `KEYS_DIR`; everything else is derived from them. */
export interface RegionKeys {
  /** 32 bytes: wraps data keys and derives the keys of blocking, tokens and hashes. */
  secret: Buffer
  /** Ed25519: signs the checkpoints of the access log. */
  logKey: KeyObject
}

interface KeyFile {
  demo: boolean
  secret: string
  logKey: string
}

const FILE = 'regio.json'

/**
 * Reads the region's keys, or makes them on a first start. `storeExists` says that there is a store which these keys must open:
 * then absent keys are an error, not a reason to make new ones. Keys of the demo never serve a real region.
 * Throws `configuratie`.
 */
export function openRegionKeys(dir: string, options: { demo: boolean; storeExists: boolean }): RegionKeys {
  const path = join(dir, FILE)
  if (!existsSync(path)) {
    if (options.storeExists)
      throw new HubError('configuratie', { detail: `De sleutels ontbreken: er is wel een database, maar geen ${path}.` })
    createOnce(dir, path, options.demo)
  }
  const file = readKeyFile(path)
  if (file.demo && !options.demo)
    throw new HubError('configuratie', { detail: `${path} hoort bij de demo; gebruik voor een echte regio een eigen KEYS_DIR.` })
  return { secret: Buffer.from(file.secret, 'base64'), logKey: createPrivateKey(file.logKey) }
}

function readKeyFile(path: string): KeyFile {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
    if (Buffer.from(file.secret, 'base64').length === 32 && typeof file.logKey === 'string') return file
  } catch (cause) {
    throw new HubError('configuratie', { detail: `${path} is niet te lezen als sleutelbestand.`, cause })
  }
  throw new HubError('configuratie', { detail: `${path} is geen geldig sleutelbestand.` })
}

/** Whole or not at all, and never over another's: two first starts at once agree on one file. */
function createOnce(dir: string, path: string, demo: boolean): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file: KeyFile = {
    demo,
    secret: randomBytes(32).toString('base64'),
    logKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
