import type { Registratie } from '../../../schemas/types.ts'
import type { SubjectParent } from '../link/subject.ts'

/** What the register of persons told of somebody after a version was sent: kept beside that version, which never changes. */
export interface KnownFacts {
  /** Of a child that was expected. */
  geboortedatum?: string
  /** The day of death. */
  overleden?: string
  /** Who the parents are: evidence of the family, never of custody. */
  ouders?: SubjectParent[]
}

/**
 * A registration as it is to be read now. A birth date fills in for an expected one. A death ends the involvement, as long as it counts as
 * ended (`isEnded`): an organisation that registers the person anew as alive is believed.
 */
export function withFacts(registration: Registratie, facts: KnownFacts, isEnded: boolean): Registratie {
  const known = facts.geboortedatum === undefined ? registration : asBorn(registration, facts.geboortedatum)
  return facts.overleden === undefined || !isEnded ? known : asEnded(known, facts.overleden)
}

function asBorn(registration: Registratie, geboortedatum: string): Registratie {
  const { verwachteGeboortedatum, ...persoon } = registration.persoon
  return verwachteGeboortedatum && !persoon.geboortedatum
    ? { ...registration, persoon: { ...persoon, geboortedatum } }
    : registration
}

function asEnded(registration: Registratie, on: string): Registratie {
  const { betrokkenheid } = registration
  const own = betrokkenheid.einddatum
  const einddatum = own && own < on ? own : on
  return { ...registration, betrokkenheid: { ...betrokkenheid, status: 'afgesloten', einddatum, afsluitreden: 'overleden' } }
}
