import type { Consent, ConsentCase } from './case.ts'
import { beginOf_ms, endOf_ms, type Moment } from './moment.ts'
import type { Form } from './policy.ts'

export type Answer = 'ja' | 'nee' | 'ontbreekt'

/** What a consent is asked for: about whom, towards whom, when, in which forms a yes counts. */
export interface Question {
  readonly over: string
  readonly recipient: ConsentCase['ontvanger']
  readonly moment: Moment
  readonly forms: readonly Form[]
}

const SPECIFIC = { none: 0, everyone: 1, kind: 2, organisation: 3 } as const

/**
 * One giver's answer to a question. The most specific scope that covers the recipient decides (organisation, then kind, then
 * everyone); within it a no beats a yes, whichever came later: a no goes only by being withdrawn or ending.
 */
export function answerOf(giver: string, consents: readonly Consent[], question: Question): Answer {
  let answer: Answer = 'ontbreekt'
  let level: number = SPECIFIC.none
  for (const consent of consents) {
    if (consent.gever !== giver || (consent.over ?? 'jeugdige') !== question.over) continue
    const own = specificity(consent, question.recipient)
    if (own < level || own === SPECIFIC.none || !counts(consent, question)) continue
    if (own > level || consent.antwoord !== 'ja') answer = consent.antwoord === 'ja' ? 'ja' : 'nee'
    level = own
  }
  return answer
}

/** From when (inclusive) until when (exclusive) an answer stands, in milliseconds since 1970. */
function standing_ms({ geldigVanaf, geldigTot, intrekkingOp }: Consent): { from: number; until: number } {
  const ends = geldigTot ? endOf_ms(geldigTot) : Number.POSITIVE_INFINITY
  const withdrawn = intrekkingOp ? beginOf_ms(intrekkingOp) : Number.POSITIVE_INFINITY
  return { from: geldigVanaf ? beginOf_ms(geldigVanaf) : Number.NEGATIVE_INFINITY, until: Math.min(ends, withdrawn) }
}

function specificity({ bereik }: Consent, recipient: ConsentCase['ontvanger']): number {
  const organisations = bereik?.organisaties ?? []
  const kinds = bereik?.soorten ?? []
  if (organisations.includes(recipient.id)) return SPECIFIC.organisation
  if (kinds.includes(recipient.soort)) return SPECIFIC.kind
  return organisations.length === 0 && kinds.length === 0 ? SPECIFIC.everyone : SPECIFIC.none
}

/** A yes must hold the whole moment, in an accepted form; a no counts in any form when it holds at any part of the moment. */
function counts(consent: Consent, { moment, forms }: Question): boolean {
  const { from, until } = standing_ms(consent)
  if (consent.antwoord !== 'ja') return from <= moment.to_ms && until > moment.from_ms
  if (consent.voor === 'allen' || !forms.includes(consent.vorm ?? 'mondeling')) return false
  return from <= moment.from_ms && until > moment.to_ms
}
