import { SourceFault } from '../source-fault.ts'
import { record_chars_max } from './limits.ts'

interface Element {
  /** Number of the element, from 1. */
  regel: number
  bron: string
}

/**
 * The texts of the elements of a JSON array, cut at the commas between them while the text comes in; whether an element is good
 * JSON is not looked at here. Throws `SourceFault` where the array breaks off, where an element is missing, and for what follows it.
 */
export async function* readElements(text: AsyncIterable<string>): AsyncGenerator<Element> {
  const cutter = elementCutter()
  for await (const piece of text) {
    yield* cutter.feed(piece)
    if (cutter.held_chars() > record_chars_max) throw cutter.broken()
  }
  if (!cutter.isComplete()) throw cutter.broken()
}

const SIGNS = /["\\{}[\],]/g

/** Follows strings and depth through the pieces. The list itself is depth 1. */
function elementCutter() {
  let held = ''
  let depth = 0
  let count = 0
  let inString = false
  let isEscaped = false
  let isComplete = false

  function* feed(piece: string): Generator<Element> {
    let from = 0
    let at = isEscaped ? 1 : 0
    for (let sign = next(piece, at); sign && !isComplete; sign = next(piece, at)) {
      at = sign.index + 1
      if (inString && sign[0] === '\\') at += 1
      const before = depth
      follow(sign[0])
      if (before === 0) from = at
      else if (isComplete || (depth === 1 && sign[0] === ',' && !inString)) {
        yield* take(held + piece.slice(from, sign.index))
        from = at
      }
    }
    isEscaped = at > piece.length
    held += piece.slice(from)
    if (isComplete && held.trim() !== '') throw broken()
  }

  function follow(sign: string): void {
    if (sign === '"') inString = !inString
    if (inString) return
    if (sign === '{' || sign === '[') depth += 1
    if (sign === '}' || sign === ']') depth -= 1
    isComplete = depth === 0
  }

  function* take(text: string): Generator<Element> {
    held = ''
    const bron = text.trim()
    if (bron === '' && isComplete && count === 0) return
    if (bron === '') throw broken()
    count += 1
    yield { regel: count, bron }
  }

  function broken(): SourceFault {
    const melding = `De lijst [ … ] is na element ${count} niet te lezen. Eerdere elementen zijn wel gelezen.`
    const watNu = 'Controleer komma’s, haakjes en aanhalingstekens, en of het bestand volledig is.'
    return new SourceFault([{ pointer: '', code: 'json', melding, watNu }], count + 1)
  }

  return { feed, held_chars: () => held.length, isComplete: () => isComplete, broken }
}

function next(piece: string, from: number): RegExpExecArray | null {
  SIGNS.lastIndex = from
  return SIGNS.exec(piece)
}
