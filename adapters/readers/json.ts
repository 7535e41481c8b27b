import type { Fault } from '../../schemas/fault.ts'
import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { readElements } from './json-array.ts'
import { parseJson } from './json-text.ts'
import { record_chars_max, records_max } from './limits.ts'
import { decodeText } from './text.ts'

export interface JsonRecord {
  /** The line in NDJSON; the number of the element in an array; 1 for a single object. */
  regel: number
  /** Undefined when the text of this record is no JSON. */
  value: unknown
  fouten: Fault[]
  bron: string
}

/**
 * The records of a JSON object, an array, or NDJSON, told apart by how the text begins: `[` is an array; `{` is NDJSON when the first
 * line is a whole value or the second begins a new object, else one object. A record that is no good JSON comes with its fault
 * and the reading goes on; `SourceFault` is thrown for what is none of the three, and where an array breaks off.
 */
export async function* readJson(content: Content): AsyncGenerator<JsonRecord> {
  let count = 0
  for await (const { regel, bron } of split(content)) {
    count += 1
    if (count > records_max) throw unreadable('te-veel', `Er zijn meer dan ${records_max} records.`, regel)
    if (bron.length > record_chars_max) throw tooLong(regel)
    yield { regel, bron, ...parseJson(bron) }
  }
}

interface Part {
  regel: number
  bron: string
}

/** The texts of the records. */
async function* split(content: Content): AsyncGenerator<Part> {
  const text = decodeText(content)
  let head = ''
  let isWhole = false
  while (!isWhole && !isRecognisable(head)) {
    const { value, done } = await text.next()
    if (done) isWhole = true
    else head += value
  }
  const rest = continued(head, text)
  const first = head.trimStart()[0]
  if (first === '[') yield* readElements(rest)
  else if (first !== '{') throw unreadable('json', 'Het bestand begint niet als JSON, met { of [.', 1)
  else if (isLines(head)) yield* lines(rest)
  else yield { regel: 1, bron: await whole(rest) }
}

/** Is enough known to tell an object from NDJSON: a `[`, or two lines that are not blank? */
function isRecognisable(head: string): boolean {
  if (head.length > record_chars_max) return true
  const start = head.trimStart()
  if (start[0] !== '{') return start !== ''
  const end = start.indexOf('\n')
  return end >= 0 && start.slice(end).trim() !== ''
}

function isLines(head: string): boolean {
  const [first, second] = head.split('\n').filter((line) => line.trim() !== '')
  return second?.trimStart().startsWith('{') || parseJson(first ?? '').value !== undefined
}

async function* continued(head: string, text: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head
  yield* text
}

async function* lines(text: AsyncIterable<string>): AsyncGenerator<Part> {
  let held = ''
  let regel = 0
  for await (const piece of text) {
    const parts = (held + piece).split('\n')
    held = parts.pop()!
    for (const line of parts) {
      regel += 1
      if (line.trim() !== '') yield { regel, bron: line.trim() }
    }
    if (held.length > record_chars_max) throw tooLong(regel + 1)
  }
  if (held.trim() !== '') yield { regel: regel + 1, bron: held.trim() }
}

async function whole(text: AsyncIterable<string>): Promise<string> {
  let all = ''
  for await (const piece of text) {
    all += piece
    if (all.length > record_chars_max) throw tooLong(1)
  }
  return all.trim()
}

function tooLong(regel: number): SourceFault {
  return unreadable('te-lang', `Een record is langer dan ${record_chars_max} tekens.`, regel)
}

function unreadable(code: string, melding: string, regel: number): SourceFault {
  const watNu = 'Geef één JSON-object, een lijst [ … ] van objecten, of NDJSON: op elke regel één object.'
  return new SourceFault([{ pointer: '', code, melding, watNu }], regel)
}
