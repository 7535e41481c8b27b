import type { Fault } from '../../schemas/fault.ts'
import { depth_max } from './limits.ts'

/**
 * The value of one JSON text, with what JavaScript's own parser lets pass refused: a member given twice, `__proto__`, nesting
 * beyond `depth_max`, and half a surrogate pair, which has no UTF-8 form. `value` is undefined for what is no JSON at all.
 */
export function parseJson(text: string): { value: unknown; fouten: Fault[] } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { value: undefined, fouten: [NO_JSON] }
  }
  const fouten = [...new Set(breaches(text))]
  return { value: fouten.includes(TOO_DEEP) ? undefined : value, fouten }
}

const [QUOTE, BACKSLASH, COLON] = ['"', '\\', ':'].map((sign) => sign.charCodeAt(0)) as [number, number, number]
const [OBJECT, END_OF_OBJECT] = ['{', '}'].map((sign) => sign.charCodeAt(0))
const [LIST, END_OF_LIST] = ['[', ']'].map((sign) => sign.charCodeAt(0))

/** Sign by sign, since every body passes here. Only used on text that is known to be JSON: no string is left open. */
function* breaches(text: string): Generator<Fault> {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === OBJECT || sign === LIST) open.push(sign === OBJECT ? new Set() : undefined)
    else if (sign === END_OF_OBJECT || sign === END_OF_LIST) open.pop()
    else if (sign === QUOTE) {
      const from = at
      at = endOfString(text, from)
      const isName = text.charCodeAt(signAfter(text, at)) === COLON
      const written = text.slice(from, at + 1)
      const read = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1)
      if (written.includes('\\u') && !read.isWellFormed()) yield HALF_CHARACTER
      if (isName) yield* memberBreaches(read, open.at(-1)!)
    }
    if (open.length > depth_max) return yield TOO_DEEP
  }
}

function* memberBreaches(name: string, seen: Set<string>): Generator<Fault> {
  if (name === '__proto__') yield FORBIDDEN
  if (seen.has(name)) yield TWICE
  seen.add(name)
}

/** The place of the quote that ends the string that begins here. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  for (let sign = text.charCodeAt(at); sign !== QUOTE; sign = text.charCodeAt(at)) at += sign === BACKSLASH ? 2 : 1
  return at
}

function signAfter(text: string, at: number): number {
  let next = at + 1
  while (SPACE.has(text.charCodeAt(next))) next += 1
  return next
}

const SPACE = new Set([' ', '\t', '\n', '\r'].map((sign) => sign.charCodeAt(0)))

const NO_JSON: Fault = {
  pointer: '',
  code: 'json',
  melding: 'Dit is geen JSON.',
  watNu: 'Controleer komma’s, haakjes en aanhalingstekens.',
}
const TOO_DEEP: Fault = {
  pointer: '',
  code: 'te-diep',
  melding: `De JSON is dieper genest dan ${depth_max} niveaus.`,
  watNu: 'Vergelijk het bericht met het schema.',
}
const TWICE: Fault = { pointer: '', code: 'dubbel-veld', melding: 'Een veld staat er tweemaal.', watNu: 'Geef elk veld eenmaal.' }
const FORBIDDEN: Fault = {
  pointer: '',
  code: 'onbekend-veld',
  melding: 'Het veld __proto__ bestaat niet.',
  watNu: 'Verwijder het veld.',
}
const HALF_CHARACTER: Fault = {
  pointer: '',
  code: 'tekenset',
  melding: 'Een tekst bevat een half teken (\\ud800 tot \\udfff zonder tegenhanger).',
  watNu: 'Schrijf het teken voluit.',
}
