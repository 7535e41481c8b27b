import type { Token } from '../../../crypto/derived-keys.ts'
import { HubError } from '../../../errors.ts'
import { isRid } from '../subject.ts'
import { dateOf, nameOf, type PackedDate, type PackedName, packDate, packName } from '../token-file.ts'
import type { PersonLine } from './person-line.ts'

interface Packed {
  r?: unknown
  q?: [keys: Token[], number: Token | null, date: PackedDate, words: (PackedName | null)[]]
}

/** A line of persons without families as a line of text: tokens, no name of a field and no value but what the line is called (`rid`). */
export function writePersonLine({ rid, keys, number, date, words }: PersonLine): string {
  return `${JSON.stringify({ r: rid, q: [keys, number, packDate(date), words.map((word) => word && packName(word))] })}\n`
}

/** Reads what `writePersonLine` wrote. Throws `ongeldige-invoer` for a line of another making. */
export function readPersonLine(line: string): PersonLine {
  const { r: rid, q: packed } = parse(line)
  if (!isRid(rid) || !packed) return refuse()
  const [keys, number, date, words] = packed
  return { rid, keys, number, date: dateOf(date), words: words.map((word) => word && nameOf(word)) }
}

function parse(line: string): Packed {
  try {
    return JSON.parse(line)
  } catch {
    return refuse()
  }
}

function refuse(): never {
  throw new HubError('ongeldige-invoer', { detail: 'Dit is geen bestand met tokens voor een model zonder gezinnen.' })
}
