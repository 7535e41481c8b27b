import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { HubError } from '../../errors.ts'

const PROVIDER_FILE = 'demo-oidc.json'
const CLIENTS_FILE = 'demo-clients.json'
const WARNING = 'Alleen voor de demo; een hub in productie weigert te starten met dit bestand in KEYS_DIR.'

/** A private ES256 key with `kid`, `alg` and `use`. */
export type PrivateKey = JWK & { kid: string }

/**
 * The key that signs the demo's tokens, made on the first call. Two processes may ask at once: both get the same key.
 * Throws `configuratie` when the file is there and cannot be read.
 */
export async function demoProviderKey(keysDir: string): Promise<PrivateKey> {
  const path = join(keysDir, PROVIDER_FILE)
  if (!existsSync(path)) publishOnce(path, { demo: WARNING, sleutel: await makeKey() })
  return readKeys<ProviderFile>(path).sleutel
}

/** The key that signs now, and those from before it whose tokens still count. */
export async function demoProviderKeys(keysDir: string): Promise<PrivateKey[]> {
  const current = await demoProviderKey(keysDir)
  return [current, ...(readKeys<ProviderFile>(join(keysDir, PROVIDER_FILE)).eerder ?? [])]
}

/** Signs with a new key from now on; the one from before still counts until it is retired. */
export async function rotateProviderKey(keysDir: string): Promise<PrivateKey> {
  const [current, ...earlier] = await demoProviderKeys(keysDir)
  const sleutel = await makeKey()
  replace(join(keysDir, PROVIDER_FILE), { demo: WARNING, sleutel, eerder: [current, ...earlier] })
  return sleutel
}

/** Keys that no longer sign count no more; answers how many. */
export async function retireProviderKeys(keysDir: string): Promise<number> {
  const [sleutel, ...earlier] = await demoProviderKeys(keysDir)
  replace(join(keysDir, PROVIDER_FILE), { demo: WARNING, sleutel })
  return earlier.length
}

interface ProviderFile {
  sleutel: PrivateKey
  eerder?: PrivateKey[]
}

/**
 * The keys with which the demo's clients identify themselves (`private_key_jwt`), by client id; those that are missing
 * are made. Only for the process that holds the store's lock.
 */
export async function demoClientKeys(keysDir: string, clientIds: readonly string[]): Promise<Map<string, PrivateKey>> {
  const path = join(keysDir, CLIENTS_FILE)
  const known = existsSync(path) ? readKeys<{ sleutels: Record<string, PrivateKey> }>(path).sleutels : {}
  const keys = new Map(Object.entries(known))
  const missing = clientIds.filter((id) => !keys.has(id))
  for (const id of missing) keys.set(id, await makeKey())
  if (missing.length > 0) replace(path, { demo: WARNING, sleutels: Object.fromEntries(keys) })
  return keys
}

/** Whether a demo has run with these keys; `serve` then refuses to start. */
export function hasDemoKeys(keysDir: string): boolean {
  return [PROVIDER_FILE, CLIENTS_FILE].some((name) => existsSync(join(keysDir, name)))
}

async function makeKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: `demo-${await calculateJwkThumbprint(jwk)}`, alg: 'ES256', use: 'sig' }
}

/** A link, unlike a rename, never replaces what another process published a moment before. */
function publishOnce(path: string, content: object): void {
  const beside = writeBeside(path, content)
  try {
    linkSync(beside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(beside)
  }
}

function replace(path: string, content: object): void {
  renameSync(writeBeside(path, content), path)
}

function writeBeside(path: string, content: object): string {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
  const beside = `${path}.${randomBytes(8).toString('hex')}`
  writeFileSync(beside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return beside
}

function readKeys<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T
  } catch (cause) {
    const detail = `${path} is niet te lezen. Verwijder het bestand om nieuwe demosleutels te laten maken.`
    throw new HubError('configuratie', { detail, cause })
  }
}

/** The part of a key that anyone may have. */
export function publicPart({ d: _, ...rest }: PrivateKey): JWK {
  return rest
}
