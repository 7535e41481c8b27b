import type { FamilyRole, Form } from './policy.ts'

/** One question to the policy: may this recipient be told of this person's involvement? Dates may be a day or an RFC 3339 instant. */
export interface ConsentCase {
  /** A day stands for the whole of that day: a yes must hold all of it, a no counts when it holds at any moment of it. */
  peildatum: string
  persoon: {
    /** Whole or in part (`2013-04`, `2013`); absent or null is unknown. */
    geboortedatum?: string | null
    /** Of an unborn child, who counts as below 12. */
    verwachteGeboortedatum?: string | null
    rolInGezin?: FamilyRole | null
    /** False only when it is on record that this young person cannot weigh the own interests. */
    oordeelsbekwaam?: boolean
  }
  gezagsdragers: readonly Guardian[]
  toestemmingen: readonly Consent[]
  kader?: 'vrijwillig' | 'drang' | 'gedwongen' | null
  doorbreking?: Override | null
  ontvanger: { id: string; soort: string }
  /** Whom the information is about: `jeugdige` (the registered person, the default) or a family member's reference. */
  over?: string | null
  /** The registering organisation, where it asks for a form of its own. */
  organisatie?: string | null
  /** Who was told of the registration, for recipients who are told unless there is a no. */
  geinformeerd?: readonly { wie: string; op: string }[] | null
}

export interface Guardian {
  kenmerk: string
  gezag?: 'ja' | 'nee' | 'onbekend' | null
  relatie?: 'ouder' | 'voogd' | 'gi' | 'overig' | null
}

/** An answer as recorded; `jeugdige` is the registered person, of whatever age. */
export interface Consent {
  over?: string | null
  gever: string
  antwoord: 'ja' | 'nee'
  vorm?: Form | null
  /** Organisations and kinds are a union; both empty is every recipient. */
  bereik?: { organisaties?: readonly string[] | null; soorten?: readonly string[] | null } | null
  geldigVanaf?: string | null
  /** A day is the last day on which it holds; an instant is the first moment at which it does not. */
  geldigTot?: string | null
  /** Only a no can be for all organisations' registrations. */
  voor?: 'allen' | null
  /** From this instant, or this day's beginning, as if never given. */
  intrekkingOp?: string | null
}

/** Begins at `vanaf` (also written `begin`); ends at `tot`, and never later than the policy's number of hours after its begin. */
export interface Override {
  ontvangers: readonly string[]
  vanaf?: string | null
  begin?: string | null
  tot?: string | null
}

export interface ConsentDecision {
  besluit: 'toestaan' | 'weigeren'
  /** Id of the rule that decided; `fout` when a rule could not be applied, `geen-regel` when none fits. */
  regel: string
  /** On which ground it is permitted, or why not: `nee`, `toestemming-ontbreekt`, `uitgesloten-ontvanger`, `fout`, … */
  grond: string
  /** Whose answer is missing: `jeugdige`, guardians' references, or `gezagsdrager` when no guardian is known. Never who said no. */
  ontbreekt: string[]
  /** `id@version`. */
  reglement: string
  /** Present when the birth date leaves more than one age possible, and every one of them had to permit. */
  aanname?: 'veiligste-leeftijd'
}
