// @ts-check
import { createPublicKey, verify } from 'node:crypto'
import { HASH_BYTES, sameHash, sha256 } from './tree-hash.mjs'

const ED25519 = 1
const KEY_ID_BYTES = 4
/** What comes before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const TEXT_MAX = 1_000_000
const SIGNATURES_MAX = 100

/**
 * What a key is called in signatures: the first 4 bytes of SHA-256(name || LF || 0x01 || public key), C2SP signed-note.
 * @param {string} name
 * @param {Uint8Array} publicKey 32 bytes
 */
export function keyId(name, publicKey) {
  return sha256(Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey).subarray(0, KEY_ID_BYTES)
}

/**
 * A verifier key as text: `<name>+<key id in hex>+<base64(0x01 || public key)>`, C2SP signed-note.
 * @param {string} name
 * @param {Uint8Array} publicKey 32 bytes
 */
export function formatVkey(name, publicKey) {
  const id = keyId(name, publicKey).toString('hex')
  return `${name}+${id}+${Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64')}`
}

/**
 * Reads a verifier key; undefined when it is no Ed25519 key or its id does not fit.
 * @param {string} vkey
 */
export function parseVkey(vkey) {
  const [name = '', id = '', ...rest] = vkey.trim().split('+')
  const bytes = decode(rest.join('+'))
  if (bytes?.length !== 33 || bytes[0] !== ED25519 || !isName(name)) return undefined
  const publicKey = bytes.subarray(1)
  return keyId(name, publicKey).toString('hex') === id ? { name, publicKey } : undefined
}

/**
 * Opens a C2SP signed note: its text when the key of `vkey` signed it, else undefined. Signatures of other keys (witnesses)
 * are passed over; a wrong signature under this key's name and id spoils the note, whatever others stand beside it.
 * @param {string} note
 * @param {string} vkey
 * @returns {string | undefined}
 */
export function openNote(note, vkey) {
  const key = parseVkey(vkey)
  const split = note.lastIndexOf('\n\n')
  if (!key || split < 0 || note.length > TEXT_MAX || !note.isWellFormed()) return undefined
  const text = note.slice(0, split + 1)
  const lines = note.slice(split + 2).split('\n')
  if (lines.pop() !== '' || lines.length > SIGNATURES_MAX || hasControls(text)) return undefined
  const signatures = lines.map(parseSignature)
  const own = signatures.filter((one) => one?.name === key.name && sameHash(one.id, keyId(key.name, key.publicKey)))
  const isSigned = own.length > 0 && own.every((one) => one && isSignatureOf(text, one.bytes, key.publicKey))
  return isSigned && signatures.every((one) => one) ? text : undefined
}

/**
 * The ids, in hex, of the keys under this name that a note says it is signed with, rightly or not.
 * @param {string} note
 * @param {string} name
 */
export function signerIds(note, name) {
  const lines = note.slice(note.lastIndexOf('\n\n') + 2).split('\n')
  return lines.flatMap((line) => {
    const signature = parseSignature(line)
    return signature?.name === name ? [signature.id.toString('hex')] : []
  })
}

/**
 * Reads the text of a checkpoint (C2SP tlog-checkpoint): origin, size, root, then extension lines that are passed over.
 * @param {string} text
 * @returns {{ origin: string, size: number, root: Buffer } | undefined}
 */
export function parseCheckpoint(text) {
  const [origin = '', size = '', root = ''] = text.split('\n')
  const bytes = decode(root)
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || bytes?.length !== HASH_BYTES) return undefined
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root: bytes } : undefined
}

/**
 * Opens and reads a checkpoint of the log whose verifier key this is; its origin is the key's name.
 * @param {string} note
 * @param {string} vkey
 */
export function openCheckpoint(note, vkey) {
  const text = openNote(note, vkey)
  const checkpoint = text === undefined ? undefined : parseCheckpoint(text)
  return checkpoint && checkpoint.origin === parseVkey(vkey)?.name ? checkpoint : undefined
}

/**
 * Strict base64 (RFC 4648 section 4, with padding); undefined when it is anything else.
 * @param {string} text
 */
export function decode(text) {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** @param {string} line */
function parseSignature(line) {
  const [dash, name = '', base64 = '', ...rest] = line.split(' ')
  const bytes = decode(base64)
  if (dash !== '—' || rest.length > 0 || !isName(name) || !bytes || bytes.length <= KEY_ID_BYTES) return undefined
  return { name, id: bytes.subarray(0, KEY_ID_BYTES), bytes: bytes.subarray(KEY_ID_BYTES) }
}

/**
 * @param {string} text
 * @param {Uint8Array} signature
 * @param {Uint8Array} publicKey
 */
function isSignatureOf(text, signature, publicKey) {
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), key, signature)
}

/** @param {string} name */
function isName(name) {
  return name !== '' && !/[\s+]/u.test(name)
}

/** @param {string} text */
function hasControls(text) {
  for (const character of text) if (character < ' ' && character !== '\n') return true
  return false
}
