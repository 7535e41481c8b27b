import type { Registratie } from '../../schemas/types.ts'
import type { RegistrationRow } from '../rows.ts'
import { answerOf } from '../stages/consent/answers.ts'
import type { Consent, Guardian } from '../stages/consent/case.ts'
import { momentOf } from '../stages/consent/moment.ts'
import { fold } from '../stages/link/fold.ts'
import { aboutOf, type Files, type KnownConsent, type Recipient } from './files.ts'

type GuardianSent = NonNullable<Registratie['gezagsdragers']>[number]

/** Who is heard about one registration, and what they answered. */
export interface Heard {
  gezagsdragers: Guardian[]
  toestemmingen: Consent[]
}

/**
 * The guardians and answers that count for one registration: its own; what the same organisation recorded at another of its
 * registrations of the same person; and every no for all. References of guardians are per registration: `o1` here and `o1` there
 * can be two people. So an answer from elsewhere counts as that of the guardian who is shown to be the same; a no of a guardian who
 * is not known here blocks as the no of one more guardian, and a yes of such a guardian counts for nothing.
 */
export function heardAbout(files: Files, row: RegistrationRow, recipient: Recipient, at: Date): Heard {
  const gezagsdragers: Guardian[] = [...guardiansOf(files, row.seq)]
  const toestemmingen: Consent[] = []
  for (const consent of files.consents.get(aboutOf(row)) ?? []) {
    if (consent.registration === row.seq) toestemmingen.push(answerIn(consent))
    else if (isElsewhere(files, row, consent)) {
      const { answer, guardian } = fromElsewhere(files, row, consent)
      if (guardian && !saysNo(answer, recipient, at)) continue
      if (guardian) gezagsdragers.push(guardian)
      if (answer) toestemmingen.push(answer)
    }
  }
  return { gezagsdragers, toestemmingen }
}

function isElsewhere(files: Files, row: RegistrationRow, { organisation, forAll, registration, answer }: KnownConsent): boolean {
  const other = files.rows.get(registration)
  const same = other?.person != null && other.person === row.person
  return same && (organisation === row.organisation || forAll) && (answer.over ?? 'jeugdige') === 'jeugdige'
}

function answerIn({ answer, withdrawnAt }: KnownConsent): Consent {
  return { ...answer, ...(withdrawnAt ? { intrekkingOp: withdrawnAt } : {}) }
}

/** An answer as that of somebody here; `guardian` where that has to be one more guardian. */
function fromElsewhere(
  files: Files,
  row: RegistrationRow,
  consent: KnownConsent,
): { answer: Consent | null; guardian: Guardian | null } {
  const answer = answerIn(consent)
  if (answer.gever === 'jeugdige') return { answer, guardian: null }
  const there = guardiansOf(files, consent.registration)
  const giver = there.find((guardian) => guardian.kenmerk === answer.gever)
  if (!giver) return { answer: null, guardian: null }
  const here = consent.organisation === row.organisation ? sameGuardian(giver, there, guardiansOf(files, row.seq)) : undefined
  if (here) return { answer: { ...answer, gever: here.kenmerk }, guardian: null }
  if (answer.antwoord !== 'nee' || giver.gezag === 'nee') return { answer: null, guardian: null }
  const kenmerk = `${consent.organisation}:${consent.registration}:${giver.kenmerk}`
  return { answer: { ...answer, gever: kenmerk }, guardian: { kenmerk, gezag: 'ja' } }
}

function saysNo(answer: Consent | null, recipient: Recipient, at: Date): boolean {
  if (!answer) return false
  const question = { over: 'jeugdige', recipient, moment: momentOf(at.toISOString()), forms: [] }
  return answerOf(answer.gever, [answer], question) === 'nee'
}

function guardiansOf(files: Files, seq: number): GuardianSent[] {
  return files.contents.get(seq)?.registration.gezagsdragers ?? []
}

/**
 * The guardian here who is the one there: by name and birth date where both are named; else by reference, and only where both
 * registrations list the very same guardians.
 */
function sameGuardian(giver: GuardianSent, there: GuardianSent[], here: GuardianSent[]): GuardianSent | undefined {
  const byName = here.filter((guardian) => isNamed(guardian) && isNamed(giver) && isSameName(guardian, giver))
  if (byName.length > 0) return byName.length === 1 ? byName[0] : undefined
  const alike = new Set(there.map(lineOf)).symmetricDifference(new Set(here.map(lineOf))).size === 0
  const named = here.find((guardian) => guardian.kenmerk === giver.kenmerk)
  return alike && named && !(isNamed(named) && isNamed(giver)) ? named : undefined
}

const lineOf = ({ kenmerk, gezag, relatie }: GuardianSent) => JSON.stringify([kenmerk, gezag ?? 'onbekend', relatie ?? null])

const isNamed = ({ geslachtsnaam }: GuardianSent) => Boolean(geslachtsnaam)

/** The surname, and of first name and birth date at least one; none of them may differ. */
function isSameName(a: GuardianSent, b: GuardianSent): boolean {
  const pairs = [
    [a.geslachtsnaam, b.geslachtsnaam],
    [firstName(a), firstName(b)],
    [a.geboortedatum, b.geboortedatum],
  ] as const
  const known = pairs.filter(([left, right]) => left && right)
  return known.length >= 2 && known.every(([left, right]) => fold(left ?? '') === fold(right ?? ''))
}

const firstName = ({ voornamen }: GuardianSent) => voornamen?.split(' ')[0]
