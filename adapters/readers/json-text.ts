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

/** Strings, and the signs that matter between them. Only used on text that is known to be JSON: no string is left open. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g

function* breaches(text: string): Generator<Fault> {
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined)
    else if (token === '}' || token === ']') open.pop()
    if (open.length > depth_max) return yield TOO_DEEP
    if (token === ':') yield* memberBreaches(last.includes('\\') ? JSON.parse(last) : last.slice(1, -1), open.at(-1)!)
    if (token[0] === '"' && token.includes('\\u') && !JSON.parse(token).isWellFormed()) yield HALF_CHARACTER
    last = token
  }
}

function* memberBreaches(name: string, seen: Set<string>): Generator<Fault> {
  if (name === '__proto__') yield FORBIDDEN
  if (seen.has(name)) yield TWICE
  seen.add(name)
}

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
