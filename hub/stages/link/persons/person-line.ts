import type { LinkKeys, Token } from '../../../crypto/derived-keys.ts'
import { validBsn } from '../bsn.ts'
import { fold } from '../fold.ts'
import type { LineKeys } from '../line.ts'
import { type NameToken, nameToken } from '../name-token.ts'
import { type DateToken, dateToken } from '../profile.ts'
import { type Rid, subjectFrom } from '../subject.ts'
import { personKeys } from './person-keys.ts'

/** The fields that are compared as one word each, in the order of a line's words. */
export const WORDS = ['voornamen', 'geslachtsnaam', 'straat', 'buurt', 'plaats', 'provincie', 'postcode', 'huisnummer'] as const
export type WordField = (typeof WORDS)[number]

/** What a model without families compares: each field by itself, as tokens. */
export interface PersonLine {
  rid: Rid
  number: Token | null
  date: DateToken
  /** In the order of `WORDS`; null for a field that says nothing. */
  words: (NameToken | null)[]
  /** Blocking keys, distinct. */
  keys: readonly Token[]
}

/** A line of `verwijsindex link` for a model without families. Never fails: what cannot be read is as missing. */
export function personLineFrom(value: unknown, { tokens, blocks }: LineKeys): PersonLine {
  const subject = subjectFrom(value)
  const bsn = validBsn(subject.bsn)
  const line = {
    rid: subject.rid,
    number: bsn === null ? null : tokens.token('bsn', bsn),
    date: dateToken(subject.geboortedatum, tokens),
    words: [
      subject.voornamen || subject.roepnaam,
      subject.voorvoegsel + subject.geslachtsnaam,
      textIn(value, 'straat'),
      textIn(value, 'buurt'),
      textIn(value, 'plaats'),
      textIn(value, 'provincie'),
      subject.postcode,
      subject.huisnummer + subject.toevoeging,
    ].map((text) => wordOf(text, tokens)),
  }
  return { ...line, keys: personKeys(line, blocks) }
}

/** Where a household lives in words: only a model without families reads it. */
function textIn(value: unknown, field: WordField): string {
  const text = value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[field] : undefined
  return typeof text === 'string' ? text : ''
}

/** A blank within a field may be a slip, so none counts. */
function wordOf(text: string, keys: LinkKeys<Token>): NameToken | null {
  const word = fold(text).replaceAll(' ', '')
  return word === '' ? null : nameToken(word, keys)
}
