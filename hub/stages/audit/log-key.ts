import { createPublicKey, createSecretKey, hkdfSync, type KeyObject, sign } from 'node:crypto'
import { formatVkey, keyId } from './note.mjs'
import { HASH_BYTES } from './tree-hash.mjs'

/** The key that a log stands under, and the one that it is going over to; both change while a hub runs. A key that nobody replaces is its own. */
export interface LogKeys {
  readonly now: LogKey
  readonly next: LogKey | null
}

/** Keys of a log that more may be added to. */
export interface LogKeyring extends LogKeys {
  /** All of them, oldest first. */
  readonly all: readonly LogKey[]
  /** The log stands under this one; `next` is the one after it. */
  place(key: LogKey): void
  /** Looks whether there are others; answers whether there is a next. */
  refresh(): boolean
}

/** A log's own key: it signs checkpoints and, by a key derived from it, seals every row. */
export interface LogKey extends LogKeys {
  /** Name of the log in its checkpoints and its verifier key: `verwijsindex/<region>`. */
  name: string
  /** What others verify with. */
  vkey: string
  /** Null for a key that was retired: what it sealed can still be held against it, and it signs no more. */
  privateKey: KeyObject | null
  sealKey: KeyObject
  /** Those that the log stood under before, oldest first. */
  earlier: readonly LogKey[]
}

/** A key of a log as it is kept: in PEM, or what stays of one that was retired (base64). */
export type KeptLogKey = { pem: KeyObject } | { publicKey: Buffer; seal: Buffer }

/** Name of a region's log: `verwijsindex/` and the region's id, also when the region is given as the path of a file. */
export function logNameOf(region: string): string {
  const id = /([^/\\]+?)(\.json)?$/.exec(region)?.[1] ?? region
  return `verwijsindex/${id.replace(/[\s+]/gu, '-')}`
}

/** Makes the log's key of an Ed25519 private key; the name has no spaces and no plus sign. */
export function logKey(name: string, privateKey: KeyObject, earlier: readonly LogKey[] = []): LogKey & { privateKey: KeyObject } {
  const key = { name, vkey: formatVkey(name, publicBytes(privateKey)), privateKey, sealKey: sealKeyOf(privateKey), earlier }
  return ownRing(key)
}

/** Makes the keys of a log that had several, oldest first: each knows those before it. */
export function logKeys(name: string, kept: readonly KeptLogKey[]): LogKey[] {
  const keys: LogKey[] = []
  for (const one of kept) {
    const earlier = [...keys]
    if ('pem' in one) keys.push(logKey(name, one.pem, earlier))
    else {
      const [vkey, sealKey] = [formatVkey(name, one.publicKey), createSecretKey(one.seal)]
      keys.push(ownRing({ name, vkey, privateKey: null, sealKey, earlier }))
    }
  }
  return keys
}

/** What is kept of a key that is retired: enough to hold what it sealed against it, and not to sign (HKDF cannot be turned back). */
export function retiredPart(privateKey: KeyObject): { publicKey: Buffer; seal: Buffer } {
  return { publicKey: publicBytes(privateKey), seal: sealKeyOf(privateKey).export() }
}

/** A checkpoint over the first `size` lines: C2SP tlog-checkpoint in a C2SP signed note. */
export function signCheckpoint(key: LogKey, size: number, root: Uint8Array): string {
  return signNote(key, `${key.name}\n${size}\n${Buffer.from(root).toString('base64')}\n`)
}

/** Signs a text that ends in a line feed; the keys before it that are not retired sign along, so that who has only one of those can follow. */
export function signNote(key: LogKey, text: string): string {
  const signers = [key, ...key.earlier].flatMap(({ privateKey }) => privateKey ?? [])
  return `${text}\n${signers.map((signer) => signatureLine(key.name, signer, text)).join('')}`
}

function signatureLine(name: string, privateKey: KeyObject, text: string): string {
  const signature = Buffer.concat([keyId(name, publicBytes(privateKey)), sign(null, Buffer.from(text), privateKey)])
  return `— ${name} ${signature.toString('base64')}\n`
}

function publicBytes(privateKey: KeyObject): Buffer {
  return Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url')
}

function sealKeyOf(privateKey: KeyObject): KeyObject {
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
  return createSecretKey(Buffer.from(hkdfSync('sha256', seed, '', 'verwijsindex/access-log-seal/v1', HASH_BYTES)))
}

function ownRing<T extends Omit<LogKey, keyof LogKeys>>(key: T): T & LogKeys {
  const made: T & LogKeys = {
    ...key,
    next: null,
    get now(): LogKey {
      return made
    },
  }
  return made
}
