import type { DatabaseSync } from 'node:sqlite'
import { entryBytes } from '../../../../stages/audit/entry.ts'
import { appendLeaf, emptyFrontier } from '../../../../stages/audit/merkle.ts'
import { commitment, leafHash } from '../../../../stages/audit/tree-hash.mjs'
import { type AccessLogTable, LEVEL_STEP } from '../tables.ts'

// What someone can do who writes the whole database and has no signing key, no state folder and no witness. For tests.

/** Chooses a whole number from 0 up to, not including, `below`. */
export type Chance = (below: number) => number

/** An attack changes the database and answers the number that must be named; undefined when it came out as no change at all. */
export type Attack = (raw: DatabaseSync, size: number, chance: Chance) => number | undefined

const TEXTS =
  'tijdstip actie client gebruiker rol organisatie namens persoon object reglement regel uitkomst controles herkomst trace_id'
const COLUMNS = [...TEXTS.split(' '), 'zout', 'blad', 'zegel']
const NULLABLE = ['gebruiker', 'rol', 'organisatie', 'namens', 'persoon', 'object', 'reglement', 'regel']

export const ATTACKS: Record<string, Attack> = {
  'one byte of one column': (raw, size, chance) => changeByte(raw, 1 + chance(size), chance),
  'a column emptied or filled': (raw, size, chance) => {
    const number = 1 + chance(size)
    const column = NULLABLE[chance(NULLABLE.length)] as string
    const before = readValue(raw, number, column)
    set(raw, number, column, before === null ? 'x' : null)
    return number
  },
  'a column given another kind of value': (raw, size, chance) => {
    const number = 1 + chance(size)
    const column = COLUMNS[chance(COLUMNS.length)] as string
    const before = readValue(raw, number, column)
    if (before === null) return undefined
    set(
      raw,
      number,
      column,
      typeof before === 'string' ? Buffer.from(before) : Buffer.from(before as Uint8Array).toString('latin1'),
    )
    return number
  },
  'a row removed': (raw, size, chance) => remove(raw, 1 + chance(size)),
  'a row removed, the rest moved up, the tree computed anew': (raw, size, chance) => {
    const number = remove(raw, 1 + chance(size))
    raw.exec(`UPDATE access_log SET number = -number WHERE number > ${number}`)
    raw.exec('UPDATE access_log SET number = -number - 1 WHERE number < 0')
    recompute(raw)
    return number
  },
  'a row added at either end': (raw, size, chance) => {
    const number = [0, -1, size + 1][chance(3)] as number
    copyRow(raw, 1 + chance(size), number)
    return number
  },
  'a row added in between, the tree computed anew': (raw, size, chance) => {
    const number = 1 + chance(size)
    raw.exec(`UPDATE access_log SET number = -number WHERE number >= ${number}`)
    raw.exec('UPDATE access_log SET number = -number + 1 WHERE number < 0')
    copyRow(raw, number === 1 ? size + 1 : 1, number)
    recompute(raw)
    return number
  },
  'two rows swapped': (raw, size, chance) => swap(raw, size, chance),
  'two rows swapped, the tree computed anew': (raw, size, chance) => {
    const number = swap(raw, size, chance)
    recompute(raw)
    return number
  },
  'one column changed, the tree computed anew': (raw, size, chance) => {
    const number = 1 + chance(size)
    set(raw, number, 'persoon', `p_anders${chance(1000)}`)
    recompute(raw)
    return number
  },
  'a seal taken from another row': (raw, size, chance) => {
    const [number, other] = [1 + chance(size), 1 + chance(size)]
    if (number === other) return undefined
    set(raw, number, 'zegel', readValue(raw, other, 'zegel'))
    return number
  },
  'the last rows cut off': (raw, size, chance) => cut(raw, chance(size)),
  'the last rows cut off, tree and head computed anew': (raw, size, chance) => {
    const number = cut(raw, chance(size))
    recompute(raw)
    return number
  },
  'cut back to an older checkpoint, signed as it was': (raw) => {
    const { size } = raw.prepare('SELECT min(size) AS size FROM log_checkpoint').get() as { size: number }
    raw.exec(`DELETE FROM log_checkpoint WHERE size > ${size}`)
    const number = cut(raw, size)
    recompute(raw)
    return number
  },
}

function changeByte(raw: DatabaseSync, number: number, chance: Chance): number | undefined {
  const column = COLUMNS[chance(COLUMNS.length)] as string
  const before = readValue(raw, number, column)
  if (before === null) return undefined
  const bytes = Buffer.from(before as string)
  const at = chance(bytes.length)
  bytes[at] = (bytes[at] as number) ^ (1 << chance(8))
  if (typeof before === 'string')
    raw.prepare(`UPDATE access_log SET ${column} = CAST(? AS TEXT) WHERE number = ?`).run(bytes, number)
  else set(raw, number, column, bytes)
  return number
}

function readValue(raw: DatabaseSync, number: number, column: string): string | Uint8Array | null {
  const row = raw.prepare(`SELECT ${column} AS value FROM access_log WHERE number = ?`).get(number)
  return row?.value as string | Uint8Array | null
}

function set(raw: DatabaseSync, number: number, column: string, value: string | Uint8Array | null): void {
  raw.prepare(`UPDATE access_log SET ${column} = ? WHERE number = ?`).run(value, number)
}

function remove(raw: DatabaseSync, number: number): number {
  raw.exec(`DELETE FROM access_log WHERE number = ${number}`)
  return number
}

function cut(raw: DatabaseSync, size: number): number {
  raw.exec(`DELETE FROM access_log WHERE number > ${size}`)
  return size + 1
}

function copyRow(raw: DatabaseSync, from: number, to: number): void {
  const columns = COLUMNS.join(', ')
  raw.exec(`INSERT INTO access_log (number, ${columns}) SELECT ${to}, ${columns} FROM access_log WHERE number = ${from}`)
}

function swap(raw: DatabaseSync, size: number, chance: Chance): number {
  const a = 1 + chance(size - 1)
  const b = a + 1 + chance(size - a)
  raw.exec(`UPDATE access_log SET number = -1 WHERE number = ${a}`)
  raw.exec(`UPDATE access_log SET number = ${a} WHERE number = ${b}`)
  raw.exec(`UPDATE access_log SET number = ${b} WHERE number = -1`)
  return a
}

/** Makes leaves, nodes and head fit the rows again: all that needs no key. */
function recompute(raw: DatabaseSync): void {
  const rows = raw.prepare('SELECT * FROM access_log ORDER BY number').all() as unknown as AccessLogTable[]
  raw.exec('DELETE FROM log_node')
  const frontier = emptyFrontier()
  const node = raw.prepare('INSERT INTO log_node (level, position, hash) VALUES (?, ?, ?)')
  const leaf = raw.prepare('UPDATE access_log SET blad = ? WHERE number = ?')
  for (const row of rows) {
    const hash = leafHash(commitment(row.zout, entryBytes(row)))
    leaf.run(hash, row.number)
    appendLeaf(frontier, hash, ({ level, position }, inner) => {
      if (level % LEVEL_STEP === 0) node.run(level, position, inner)
    })
  }
  const head = raw.prepare('UPDATE log_head SET size = ?, frontier = ?, zegel = ?')
  head.run(frontier.size, Buffer.concat(frontier.hashes), rows.at(-1)?.zegel ?? new Uint8Array(32))
}
