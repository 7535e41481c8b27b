import type { KeyObject } from 'node:crypto'
import { entryBytes, isPlainRow, sealOf } from '../../../stages/audit/entry.ts'
import { keyChangeOf } from '../../../stages/audit/key-change.ts'
import { appendLeaf, type Frontier } from '../../../stages/audit/merkle.ts'
import { isPruned, PRUNED_ENTRY } from '../../../stages/audit/pruned.ts'
import { commitment, leafHash, sameHash } from '../../../stages/audit/tree-hash.mjs'
import { type Book, type Finding, isSame, type Walk } from './book.ts'
import type { Era } from './seal-keys.ts'
import { type AccessLogTable, LEVEL_STEP } from './tables.ts'

const COLUMNS = new Set(['number', ...Object.keys(PRUNED_ENTRY), 'zout', 'blad', 'zegel'])

/** Judges the next row by itself and as the one that follows the row before; adds its leaf to the walk. */
export function checkRow(row: AccessLogTable, eras: readonly Era[], book: Book, walk: Walk): Finding | undefined {
  const nummer = walk.frontier.size + 1
  if (!Number.isSafeInteger(row.number) || row.number < 1) return stray(row, book)
  if (row.number < nummer) return { nummer: Number(row.number), reden: 'deze regel hoort niet in het log' }
  if (row.number > nummer) return { nummer, reden: 'deze regel ontbreekt' }
  const reden =
    contentFault(row, book) ?? sealFault(row, eras[walk.era]?.sealKey ?? null, walk.seal) ?? changeKey(row, eras, walk)
  if (reden !== undefined) return { nummer, reden }
  walk.seal = row.zegel
  return grow(book, walk.frontier, row.blad)
}

/** A row without a number of the log: it is named when no line of the log is missing or wrong. */
function stray({ number }: AccessLogTable, book: Book): undefined {
  const nummer = Number.isSafeInteger(number) ? Number(number) : 0
  book.stray ??= { nummer, reden: 'deze rij hoort niet in het log: een regel heeft een nummer vanaf 1' }
}

/** What is wrong with a row's own content: Dutch, undefined when it fits its leaf, or when a later line says that it was removed. */
function contentFault(row: AccessLogTable, book: Book): string | undefined {
  const { zout, blad, zegel, ...entry } = row
  const extra = Object.entries(row).find(([name, value]) => value !== null && !COLUMNS.has(name))
  if (extra) return 'deze regel is gewijzigd: er staat iets in een kolom die niet in het log hoort'
  if (!isPlainRow(entry) || ![zout, blad, zegel].every((value) => value instanceof Uint8Array))
    return 'deze regel is gewijzigd: een kolom bevat een waarde van een andere soort'
  if (isPruned(entry, zout)) return prunedFault(row.number, book)
  const fits = zout.length === 16 && sameHash(leafHash(commitment(zout, entryBytes(entry))), blad)
  return fits ? undefined : 'deze regel is gewijzigd: de inhoud past niet bij het blad'
}

function prunedFault(number: number, book: Book): string | undefined {
  const isNamed = book.prunings.some(({ from, to }) => from <= number && number <= to)
  return isNamed ? undefined : 'de inhoud van deze regel is verwijderd, en geen latere regel zegt op welke grond'
}

function sealFault({ blad, zegel }: AccessLogTable, sealKey: KeyObject | null, before: Uint8Array): string | undefined {
  const fits = !sealKey || sameHash(sealOf(sealKey, before, blad), zegel)
  return fits ? undefined : 'deze regel is gewijzigd, verplaatst of toegevoegd: het zegel klopt niet'
}

/** A line that goes over to another key names the one that it is under and the next of the log's own, and no other. */
function changeKey(row: AccessLogTable, eras: readonly Era[], walk: Walk): string | undefined {
  walk.signer = walk.era
  const change = keyChangeOf(row)
  if (!change) return undefined
  if (change.from !== eras[walk.era]?.vkey || change.to !== eras[walk.era + 1]?.vkey)
    return 'deze regel gaat over op een sleutel die niet de volgende van dit log is'
  walk.era += 1
  return undefined
}

/** Adds the leaf; every inner node that it completes must be the stored one. */
function grow(book: Book, frontier: Frontier, leaf: Uint8Array): Finding | undefined {
  let finding: Finding | undefined
  appendLeaf(frontier, leaf, ({ level, position }, hash) => {
    if (level % LEVEL_STEP !== 0) return
    const name = `${level}/${position}`
    const stored = book.nodes.get(name)
    if (!isSame(stored, hash))
      finding ??= { nummer: position * 2 ** level + 1, reden: `knoop ${name} van de boom is niet die van de regels` }
    book.nodes.delete(name)
  })
  return finding
}
