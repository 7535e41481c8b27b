import type { ConsentFromSource } from '../adapter.ts'
import { yearsOn } from '../ages.ts'
import { type Row, XML_YES_NO, yesNo } from '../cells.ts'
import type { DossierRegistration } from '../dossier.ts'
import { SIGNED } from './columns.ts'
import type { Guardian } from './guardians.ts'

const signs_from_years = 12
const guardians_until_years = 18

/**
 * A signed agreement on exchange is a written yes of those who sign one: every parent with custody until the young person is
 * 18, and the young person from 12. An agreement that is not signed says nothing: it is no refusal. Ages are those on the day of
 * signing; without a birth date only the parents are taken to have signed.
 */
export function consentsFrom(
  row: Row,
  registration: DossierRegistration,
  guardians: Guardian[],
  signedOn: string | undefined,
): ConsentFromSource[] {
  if (!yesNo(row, SIGNED, XML_YES_NO)) return []
  const years = yearsOn(registration.persoon.geboortedatum, signedOn ?? registration.betrokkenheid.begindatum) ?? 0
  const parents = guardians.filter(({ gezag }) => gezag === 'ja' && years < guardians_until_years)
  const youth = years >= signs_from_years ? ['jeugdige'] : []
  const period = signedOn === undefined ? {} : { geldigVanaf: signedOn }
  const yes = { over: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk', bereik: {}, ...period } as const
  return [...youth, ...parents.map(({ kenmerk }) => kenmerk)].map((gever) => ({ ...yes, gever }))
}
