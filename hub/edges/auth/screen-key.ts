import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { HubError } from '../../errors.ts'
import type { PrivateKey } from './demo-keys.ts'
import { replaceWhole } from './secret-file.ts'

/**
 * The private keys (JWK with `kid` and `alg`) with which the screens prove themselves to the issuer, from `KEYS_DIR/scherm.json`, the newest
 * first; those before it are its member `eerder`. None when there is no file, and then there are no screens. Throws `configuratie` when one is no key.
 */
export function readScreenKeys(keysDir: string): PrivateKey[] {
  const path = join(keysDir, 'scherm.json')
  if (!existsSync(path)) return []
  try {
    const { eerder = [], ...newest } = JSON.parse(readFileSync(path, 'utf8'))
    const keys = [newest, ...eerder]
    if (keys.every(({ kid, alg, d }) => [kid, alg, d].every((value) => typeof value === 'string'))) return keys
  } catch {}
  throw new HubError('configuratie', { detail: `${path}: geef een privésleutel als JWK, met kid en alg.` })
}

/** Adds a key of the same kind, which the screens use from then on where the issuer takes it; answers its public part, for the issuer. Throws `configuratie`. */
export async function rotateScreenKey(keysDir: string): Promise<JWK> {
  const keys = readScreenKeys(keysDir)
  const [newest] = keys
  if (!newest) throw new HubError('configuratie', { detail: `In ${keysDir} ligt geen scherm.json. De demo heeft er geen nodig.` })
  if (keys.length > 1)
    throw new HubError('configuratie', {
      detail: 'De vorige sleutel is nog niet ingetrokken; eerst: verwijsindex keys retire scherm.',
    })
  const alg = newest.alg as string
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const shown = await exportJWK(publicKey)
  const names = { kid: `scherm-${await calculateJwkThumbprint(shown)}`, alg, use: 'sig' }
  write(keysDir, [{ ...(await exportJWK(privateKey)), ...names }, newest])
  return { ...shown, ...names }
}

/** Destroys the keys before the newest; answers how many. Whoever calls it knows that the issuer takes the newest. */
export function retireScreenKeys(keysDir: string): number {
  const [newest, ...earlier] = readScreenKeys(keysDir)
  if (newest && earlier.length > 0) write(keysDir, [newest])
  return earlier.length
}

function write(keysDir: string, [newest, ...eerder]: [PrivateKey, ...PrivateKey[]]): void {
  const content = { ...newest, ...(eerder.length > 0 ? { eerder } : {}) }
  replaceWhole(join(keysDir, 'scherm.json'), `${JSON.stringify(content, null, 2)}\n`)
}
