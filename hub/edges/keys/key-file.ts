import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deriveKey } from '../../crypto/derived-keys.ts'
import { HubError } from '../../errors.ts'

/** What keys of the region are for, apart from linking, the data keys and the log: each has one of its own. */
export const PURPOSES = ['hash/bericht', 'hash/kenmerk', 'hash/inhoud', 'hash/kalender', 'hash/gedeeld', 'kluis'] as const
export type Purpose = (typeof PURPOSES)[number]
/** From which purposes come that a later version adds. */
export const REST = 'overig'

/** `regio.json` in `KEYS_DIR`; keys in base64, that of the log in PEM. */
export interface KeyFile {
  demo: boolean
  /** 32 bytes, from which the keys of every purpose and those of the first epoch of linking come. Gone when that epoch was retired. */
  secret?: string
  /** What came of the secret for every purpose, and for those that are added later, once the secret is gone. */
  derived?: Record<string, string>
  /** Later epochs of linking, oldest first. */
  linking?: { epoch: string; secret: string; since: string }[]
  logKey: string
  /** Those of the log before that, oldest first: in PEM, or what stays of one that was retired. */
  logKeysBefore?: KeptKey[]
  /** Around the data keys; absent until it is rotated for the first time: then it comes from the secret. */
  wrapping?: string
  /** While a rotation is under way: some data keys are wrapped by this one already. */
  wrappingNext?: string
}

/** A former key of the access log: whole, or its public key and the key of its seals in base64. */
export type KeptKey = { pem: string } | { publicKey: string; seal: string }

const SECRET_BYTES = 32
const FIRST_EPOCH = '1'

export function keyFileIn(dir: string): string {
  return join(dir, 'regio.json')
}

/** Throws `configuratie` when it is not whole. */
export function readKeyFile(path: string): KeyFile {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
    const secrets = [file.secret ?? file.derived?.[REST] ?? '', ...(file.linking ?? []).map(({ secret }) => secret)]
    const areWhole = secrets.every((secret) => Buffer.from(secret, 'base64').length === SECRET_BYTES)
    const hasAll =
      (file.secret ?? file.wrapping) !== undefined && linkSecretsIn(file).length > 0 && typeof file.logKey === 'string'
    if (areWhole && hasAll) return file
  } catch (cause) {
    throw new HubError('configuratie', { detail: `${path} is niet te lezen als sleutelbestand.`, cause })
  }
  throw new HubError('configuratie', { detail: `${path} is geen geldig sleutelbestand.` })
}

/** Whole or not at all. */
export function replaceKeyFile(path: string, file: KeyFile): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(draft, path)
}

/** Whole or not at all, and never over another’s: two first starts at once agree on one file. */
export function createKeyFile(dir: string, demo: boolean): void {
  const path = keyFileIn(dir)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file: KeyFile = {
    demo,
    secret: newSecret(),
    logKey: newLogKey(),
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

/** The key for a purpose: from the secret, or what came of it before the secret was destroyed. */
export function keyFor({ secret, derived }: KeyFile, purpose: Purpose | typeof REST): Buffer {
  if (secret) return deriveKey(Buffer.from(secret, 'base64'), purpose)
  const own = derived?.[purpose]
  return own ? Buffer.from(own, 'base64') : deriveKey(Buffer.from(derived?.[REST] ?? '', 'base64'), purpose)
}

/** The key around the data keys. */
export function wrappingOf({ wrapping, secret = '' }: KeyFile): Buffer {
  return wrapping ? Buffer.from(wrapping, 'base64') : deriveKey(Buffer.from(secret, 'base64'), 'datasleutels')
}

/** What the keys of linking are derived from, oldest epoch first. */
export function linkSecretsIn({ secret, linking = [] }: KeyFile): { epoch: string; secret: string }[] {
  return [...(secret ? [{ epoch: FIRST_EPOCH, secret }] : []), ...linking]
}

/** The keys of the access log, oldest first. */
export function keptLogKeys({ logKey, logKeysBefore = [] }: KeyFile): KeptKey[] {
  return [...logKeysBefore, { pem: logKey }]
}

export function newLogKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64')
}
