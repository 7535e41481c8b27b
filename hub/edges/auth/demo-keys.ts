import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { HubError } from '../../errors.ts'
import { publishOnce, replaceWhole } from './secret-file.ts'

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
  if (!existsSync(path)) publishOnce(path, textOf({ demo: WARNING, sleutel: await makeKey() }))
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
  replaceWhole(join(keysDir, PROVIDER_FILE), textOf({ demo: WARNING, sleutel, eerder: [current, ...earlier] }))
  return sleutel
}

/** Keys that no longer sign count no more; answers how many. */
export async function retireProviderKeys(keysDir: string): Promise<number> {
  const [sleutel, ...earlier] = await demoProviderKeys(keysDir)
  replaceWhole(join(keysDir, PROVIDER_FILE), textOf({ demo: WARNING, sleutel }))
  return earlier.length
}

interface ProviderFile {
  sleutel: PrivateKey
  eerder?: PrivateKey[]
}

/**
 * The keys with which the demo's clients identify themselves (`private_key_jwt`), by client id; those that are missing
 * are made. Two processes may make the file at once; only the one that holds the store's lock may add to it.
 */
export async function demoClientKeys(keysDir: string, clientIds: readonly string[]): Promise<Map<string, PrivateKey>> {
  const path = join(keysDir, CLIENTS_FILE)
  const read = () => new Map(Object.entries(readKeys<{ sleutels: Record<string, PrivateKey> }>(path).sleutels))
  const withMissing = async (keys: Map<string, PrivateKey>) => {
    for (const id of clientIds) if (!keys.has(id)) keys.set(id, await makeKey())
    return textOf({ demo: WARNING, sleutels: Object.fromEntries(keys) })
  }
  if (!existsSync(path)) publishOnce(path, await withMissing(new Map()))
  const keys = read()
  if (clientIds.some((id) => !keys.has(id))) replaceWhole(path, await withMissing(keys))
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

const textOf = (content: object) => `${JSON.stringify(content, null, 2)}\n`

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
