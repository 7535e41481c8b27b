import type { LogRules } from '../audit/log-rules.ts'
import type { MessageTerms } from '../retention/message-terms.ts'

/** A region's rules, as `schemas/policies/reglement.schema.json` describes them; the file's own words, so that nobody translates. */
export interface Policy {
  readonly id: string
  readonly versie: number
  readonly naam: string
  readonly bron: string
  readonly poorten: {
    readonly registreren: { readonly toestemmingNodig: false; readonly bron: string }
    readonly vertellen: { readonly wachtOpInformeren: false; readonly bron: string }
  }
  /** In order: the first that fits decides; when none fits, the answer is no. */
  readonly regels: readonly Rule[]
  readonly volwassenBijOnbekendeLeeftijd: readonly FamilyRole[]
  readonly vorm: { readonly standaard: readonly Form[]; readonly organisaties: Readonly<Record<string, readonly Form[]>> }
  readonly toestaanTenzijNee: {
    readonly organisaties: readonly string[]
    readonly soorten: readonly string[]
    readonly naInformeren: boolean
  }
  readonly velden: { readonly opslaan: readonly string[]; readonly vertellen: readonly ToldField[] }
  readonly match: {
    readonly matchVanaf: 'betrokkenheid' | 'signaleert'
    readonly statussen: Readonly<Record<string, boolean>>
    readonly overdrachtDagen: number
  }
  readonly signaalroute: 'meteen-coordinatiepunt' | 'organisaties-eerst'
  readonly gezin: { readonly opAdres: boolean; readonly uitgeslotenAdressen: readonly { postcode: string; huisnummer: number }[] }
  readonly termijnen: Readonly<Record<string, Term>> & { readonly 'contact-na-match': Term }
  readonly overgangen: readonly { readonly jaren: number; readonly waarschuwDagen: number }[]
  readonly informeren: {
    readonly binnenMaanden: number
    /** Whether the organisation hears of a term that passed; the privacy officer's list shows it always. */
    readonly herinneren?: boolean
    readonly wie: readonly { readonly leeftijd: AgeBand; readonly wie: readonly Consenter[] }[]
    readonly uitstelgronden: readonly string[]
  }
  readonly bewaren: {
    readonly actiefJaren: number
    readonly archiefJaren: number
    readonly eindleeftijd: number
    readonly naarArchief: readonly string[]
    readonly directVernietigen: readonly string[]
    readonly signaalUitArchief: boolean
    readonly herinneringDagen: number
  } & Partial<MessageTerms>
  /** Absent, or a part of it: the values of `stages/audit/log-rules.ts`. */
  readonly toegangslog?: Partial<LogRules>
  readonly doorbreking: { readonly uren: number; readonly redenen: readonly string[]; readonly toetsers: readonly string[] }
  readonly coordinatie: {
    readonly variantenVastTeStellen: Readonly<Record<'0' | '1' | '2' | '3' | '4' | '5', readonly string[]>>
    readonly opleggen: readonly string[]
  } & CoordinationRules
  readonly cijfers: { readonly kleinsteAantal: number }
}

export interface Rule {
  readonly id: string
  readonly als?: RuleCondition
  /** `toestemming` permits when everyone in `wie` said yes. */
  readonly effect: 'toestaan' | 'weigeren' | 'toestemming'
  readonly wie?: readonly Consenter[]
  readonly grond: string
  readonly bron: string
}

export interface RuleCondition {
  readonly leeftijd?: AgeBand
  readonly rollen?: readonly FamilyRole[]
  readonly over?: 'jeugdige' | 'gezinslid'
  readonly kader?: readonly string[]
  readonly soorten?: readonly string[]
  readonly organisaties?: readonly string[]
  readonly doorbreking?: true
  readonly oordeelsbekwaam?: boolean
}

/** From the one boundary on, up to but not on the other. */
export interface AgeBand {
  readonly vanaf?: Boundary
  readonly tot?: Boundary
}

/** A birthday, or so many days after it. */
export type Boundary = number | { readonly jaren: number; readonly dagen: number }

export type Consenter = 'jeugdige' | 'gezagsdragers' | 'gezinslid'
export type FamilyRole = 'jeugdige' | 'ouder' | 'anders'
export type Form = 'mondeling' | 'schriftelijk'
export type ToldField = 'organisatie' | 'status' | 'begindatum' | 'contact'

export interface Duration {
  readonly aantal: number
  readonly eenheid: 'uren' | 'dagen' | 'werkdagen' | 'weken' | 'maanden'
}

export interface Term extends Duration {
  readonly waarschuwt: readonly string[]
  readonly bron: string
  readonly organisaties?: readonly string[]
  /** Where it begins; a term without one is begun by whoever asks for it. */
  readonly vanaf?: 'ontvangst' | 'begindatum' | 'casus' | 'melding'
  readonly bijStatus?: readonly string[]
  readonly bijUrgentie?: readonly string[]
  readonly bijPet?: string
  readonly tot?: readonly string[]
  readonly herhaalt?: boolean
}

/** What a region settled about coordinating; read by `stages/coordination`. */
export interface CoordinationRules {
  readonly casussen: boolean
  readonly leidend: readonly ('jeugdige' | 'laatste-opgave' | 'organisatie')[]
  readonly variant5: readonly string[]
  readonly zorgcoordinator: readonly CoordinatorRule[]
  readonly ladders: Readonly<Record<LadderName, Ladder>>
  readonly sluiten: { readonly na: Duration }
  readonly heropenen: { readonly binnen: Duration }
  readonly clientvolgsysteem: { readonly bewaren: Duration }
  readonly grenzen: { readonly gesprekken: number; readonly gezinnenPerZorgcoordinator: number }
}

export type LadderName = 'stagnatie' | 'veiligheid'

export interface Ladder {
  readonly stappen: readonly {
    readonly id: string
    readonly na: Duration
    readonly waarschuwt: readonly string[]
    readonly antwoorden: readonly string[]
  }[]
  readonly bron: string
}

export interface CoordinatorRule {
  readonly id: string
  readonly als?: { readonly kader?: readonly string[]; readonly variantVanaf?: number; readonly variantTot?: number }
  readonly soort: 'ouder' | 'netwerk' | 'professional' | 'meldpunt'
  readonly functie: string
}

/** How answers name a policy: `peel-en-maas-1g1p@1`. */
export function policyName(policy: Policy): string {
  return `${policy.id}@${policy.versie}`
}
