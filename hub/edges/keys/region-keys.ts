import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deriveKey } from '../../crypto/derived-keys.ts'
import { HubError } from '../../errors.ts'

/** The region's own secrets, from `KEYS_DIR`; everything else is derived from them. */
export interface RegionKeys {
  /** 32 bytes: derives the keys of blocking, tokens and hashes. */
  secret: Buffer
  /** 32 bytes: wraps the data keys. Derived from `secret` until it is rotated for the first time. */
  wrapping: Buffer
  /** Ed25519: signs the checkpoints of the access log. */
  logKey: KeyObject
}

interface KeyFile {
  demo: boolean
  secret: string
  logKey: string
  /** Since its first rotation. */
  wrapping?: string
  /** While a rotation is under way: some data keys are wrapped by this one already. */
  wrappingNext?: string
}

const FILE = 'regio.json'
const SECRET_BYTES = 32

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
  if (file.wrappingNext) {
    const detail = 'Een rotatie van de datasleutels is niet afgemaakt; draai `verwijsindex keys rotate datasleutels` nog eens.'
    throw new HubError('configuratie', { detail })
  }
  return { secret: Buffer.from(file.secret, 'base64'), wrapping: wrappingOf(file), logKey: createPrivateKey(file.logKey) }
}

/**
 * Gives the data keys a new wrapping key: writes it beside the present one, lets `rewrap` go from the one to the other, and then forgets the old one. Cut off
 * half-way, it goes on with the same new key the next time, and nothing else starts in between.
 */
export async function rotateWrapping(dir: string, rewrap: (from: Buffer, to: Buffer) => Promise<number>): Promise<number> {
  const path = join(dir, FILE)
  const { wrappingNext, ...file } = readKeyFile(path)
  const next = wrappingNext ?? randomBytes(SECRET_BYTES).toString('base64')
  replaceFile(path, { ...file, wrappingNext: next })
  const count = await rewrap(wrappingOf(file), Buffer.from(next, 'base64'))
  replaceFile(path, { ...file, wrapping: next })
  return count
}

function wrappingOf({ secret, wrapping }: KeyFile): Buffer {
  return wrapping ? Buffer.from(wrapping, 'base64') : deriveKey(Buffer.from(secret, 'base64'), 'datasleutels')
}

function replaceFile(path: string, file: KeyFile): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(draft, path)
}

function readKeyFile(path: string): KeyFile {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
    if (Buffer.from(file.secret, 'base64').length === SECRET_BYTES && typeof file.logKey === 'string') return file
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
    secret: randomBytes(SECRET_BYTES).toString('base64'),
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
