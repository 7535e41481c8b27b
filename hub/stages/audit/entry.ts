import type { KeyObject } from 'node:crypto'
import { type HmacKey, hmacBytes, hmacKey } from '../../crypto/derived-keys.ts'
import type { AuditLine } from './line.ts'
import { commitment, HASH_BYTES, leafHash, sameHash } from './tree-hash.mjs'

/** A log line as it lies in the table `access_log`, without its salt, leaf and seal. */
export interface EntryRow {
  number: number
  tijdstip: string
  actie: string
  client: string
  gebruiker: string | null
  rol: string | null
  organisatie: string | null
  namens: string | null
  persoon: string | null
  object: string | null
  reglement: string | null
  regel: string | null
  uitkomst: string
  controles: string
  herkomst: string
  trace_id: string
}

/** The row of a line under its number (from 1), at an instant. */
export function rowOf(number: number, at: Date, line: AuditLine): EntryRow {
  return {
    number,
    tijdstip: at.toISOString(),
    actie: line.actie,
    client: plain(line.client),
    gebruiker: plain(line.gebruiker),
    rol: plain(line.rol),
    organisatie: plain(line.organisatie),
    namens: plain(line.namens),
    persoon: plain(line.persoon),
    object: plain(line.object),
    reglement: plain(line.grond?.reglement ?? null),
    regel: plain(line.grond?.regel ?? null),
    uitkomst: line.uitkomst,
    controles: plain(line.controles),
    herkomst: plain(line.herkomst),
    trace_id: plain(line.traceId),
  }
}

/**
 * The bytes that a leaf commits to: the JSON of RFC 8785 (sorted names, no white space, UTF-8) of every column, with
 * `nummer` and `traceId` for `number` and `trace_id`. What is null is left out, so that a column added later changes no old line.
 */
export function entryBytes(row: EntryRow): Buffer {
  return Buffer.from(
    JSON.stringify({
      actie: row.actie,
      client: row.client,
      controles: row.controles,
      gebruiker: row.gebruiker ?? undefined,
      herkomst: row.herkomst,
      namens: row.namens ?? undefined,
      nummer: row.number,
      object: row.object ?? undefined,
      organisatie: row.organisatie ?? undefined,
      persoon: row.persoon ?? undefined,
      regel: row.regel ?? undefined,
      reglement: row.reglement ?? undefined,
      rol: row.rol ?? undefined,
      tijdstip: row.tijdstip,
      traceId: row.trace_id,
      uitkomst: row.uitkomst,
    }),
  )
}

/**
 * Whether every value is of the kind that `rowOf` makes: an integer, then plain text or null. Bytes where text belongs, and text that is
 * no UTF-8 (read as U+FFFD), would otherwise look like what they are not.
 */
export function isPlainRow(row: EntryRow): boolean {
  const { number, ...texts } = row
  return Number.isSafeInteger(number) && Object.values(texts).every((value) => value === null || isPlainText(value))
}

/** Whether a row's content fits its leaf, and its seal fits the seal of the row before; without a key the seal is passed over. */
export function isSoundRow(
  { zout, blad, zegel, ...entry }: EntryRow & { zout: Uint8Array; blad: Uint8Array; zegel: Uint8Array },
  before: Uint8Array,
  sealKey: KeyObject | null,
): boolean {
  if (!isPlainRow(entry) || ![zout, blad, zegel].every((value) => value instanceof Uint8Array)) return false
  const fits = sameHash(leafHash(commitment(zout, entryBytes(entry))), blad)
  return fits && (!sealKey || sameHash(sealOf(sealKey, before, blad), zegel))
}

/** What the first line's seal is chained to. */
export const FIRST_SEAL: Uint8Array = new Uint8Array(HASH_BYTES)

/**
 * The seal of a row: HMAC-SHA256 over the seal of the row before and its own leaf. Who has not the key cannot make one, so the
 * first row that was changed, removed, added or moved is named by its number, even when the whole tree was computed anew.
 */
export function sealOf(key: KeyObject, previous: Uint8Array, leaf: Uint8Array): Buffer {
  const made = sealKeys.get(key) ?? hmacKey(key.export())
  sealKeys.set(key, made)
  return hmacBytes(made, Buffer.concat([previous, leaf]))
}

const sealKeys = new WeakMap<KeyObject, HmacKey>()

const UNSAFE = /[\0\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function plain<T extends string | null>(text: T): T {
  return (text === null || isPlainText(text) ? text : text.replace(UNSAFE, '?')) as T
}

function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0') && !value.includes('\ufffd')
}
