import { createPublicKey, createSecretKey, hkdfSync, type KeyObject, sign } from 'node:crypto'
import { formatVkey, keyId } from './note.mjs'
import { HASH_BYTES } from './tree-hash.mjs'

/** The log's own key: it signs checkpoints and, by a key derived from it, seals every row. */
export interface LogKey {
  /** Name of the log in its checkpoints and its verifier key: `verwijsindex/<region>`. */
  name: string
  /** What others verify with. */
  vkey: string
  privateKey: KeyObject
  sealKey: KeyObject
}

/** Name of a region's log: `verwijsindex/` and the region's id, also when the region is given as the path of a file. */
export function logNameOf(region: string): string {
  const id = /([^/\\]+?)(\.json)?$/.exec(region)?.[1] ?? region
  return `verwijsindex/${id.replace(/[\s+]/gu, '-')}`
}

/** Makes the log's key of an Ed25519 private key; the name has no spaces and no plus sign. */
export function logKey(name: string, privateKey: KeyObject): LogKey {
  const publicKey = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url')
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
  const sealKey = hkdfSync('sha256', seed, '', 'verwijsindex/access-log-seal/v1', HASH_BYTES)
  return { name, vkey: formatVkey(name, publicKey), privateKey, sealKey: createSecretKey(Buffer.from(sealKey)) }
}

/** A checkpoint over the first `size` lines: C2SP tlog-checkpoint in a C2SP signed note. */
export function signCheckpoint(key: LogKey, size: number, root: Uint8Array): string {
  return signNote(key, `${key.name}\n${size}\n${Buffer.from(root).toString('base64')}\n`)
}

/** Signs a text that ends in a line feed. */
export function signNote(key: LogKey, text: string): string {
  const publicKey = Buffer.from(createPublicKey(key.privateKey).export({ format: 'jwk' }).x ?? '', 'base64url')
  const signature = Buffer.concat([keyId(key.name, publicKey), sign(null, Buffer.from(text), key.privateKey)])
  return `${text}\n— ${key.name} ${signature.toString('base64')}\n`
}
