import type { Token } from '../../../crypto/derived-keys.ts'
import type { KeyMaker } from '../blocking.ts'

/** What blocking asks of a line: tokens, no value; words in the order of a line's. */
interface Blockable {
  number: Token | null
  date: { y: Token | null; m: Token | null; d: Token | null }
  words: ({ exact: Token; sound: Token } | null)[]
}

/**
 * Compound blocking keys of two or more fields, by sound where there is one: any field may be wrong or missing, so many pairs of fields
 * stand in for each other. A key of which a part is missing is not made.
 */
export function personKeys<T extends Token>({ number, date, words }: Blockable, keyOf: KeyMaker<T>): T[] {
  const [given, surname, street, quarter, place] = words.map((word) => word?.sound ?? null)
  const [postcode, house] = words.slice(-2).map((word) => word?.exact ?? null)
  const found = new Set<T>()
  const add = (kind: string, a: Part, b: Part, ...more: Part[]): void => {
    const parts = [a, b, ...more].filter((part) => part !== undefined && part !== null)
    if (parts.length === more.length + 2) found.add(keyOf(kind, parts[0]!, parts[1], parts[2], parts[3]))
  }
  const { y, m, d } = date
  for (const name of [given, surname]) {
    add('blok-datum-naam', y, m, d, name)
    add('blok-naam-straat', name, street)
    add('blok-naam-huis', name, house)
    add('blok-naam-jaar-plaats', name, y, place)
    add('blok-naam-jaar-postcode', name, y, postcode)
    add('blok-naam-buurt-postcode', name, quarter, postcode)
    add('blok-naam-buurt-plaats', name, quarter, place)
  }
  if (given && surname) add('blok-namen', given < surname ? given : surname, given < surname ? surname : given)
  for (const [kind, where] of Object.entries({ plaats: place, straat: street, postcode, huis: house }))
    add(`blok-datum-${kind}`, y, m, d, where)
  add('blok-straat-huis', street, house)
  add('blok-straat-plaats', street, place)
  add('blok-straat-postcode', street, postcode)
  add('blok-straat-buurt', street, quarter)
  add('blok-buurt-plaats', quarter, place)
  add('blok-buurt-postcode', quarter, postcode)
  add('blok-plaats-huis', place, house)
  add('blok-postcode-huis', postcode, house)
  add('blok-plaats-postcode', place, postcode)
  if (number !== null) found.add(keyOf('blok-bsn', number))
  return [...found]
}

type Part = Token | null | undefined
