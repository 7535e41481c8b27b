import type { LinkModel } from './model.ts'
import type { Profile } from './profile.ts'

/** One registration as the linker sees it. */
export interface Member {
  id: string
  profile: Profile
  /** It was linked on less than a full given name. */
  provisional?: boolean
}

/** A person that shares a blocking key with the incoming registration, with all registrations linked to it. */
export interface PersonCandidate {
  person: string
  members: Member[]
  /** Somebody decided that the incoming registration is not about this person. */
  apart: boolean
  /** Persons that this one must not be merged with. */
  apartFrom?: string[]
}

/** Level and weight per field, never a value; with the model's version and thresholds it can be explained and replayed. */
export interface Evidence {
  velden: { veld: string; niveau: string; gewicht: number }[]
  persoon: number
  huishouden: number
  totaal: number
  model: string
  drempels: LinkModel['thresholds']
}

export type ReviewReason =
  | 'bsn-tegenspraak'
  | 'bsn-verschilt'
  | 'mogelijke-tweeling'
  | 'alleen-voorletter'
  | 'meer-personen'
  | 'kandidaten-afgekapt'
  | 'twijfel'

export interface ReviewCandidate {
  person: string
  score: number
  reason: ReviewReason
  evidence: Evidence
}

/** `unsettles`: provisional registrations of that person that this newcomer puts in doubt. */
export interface LinkHint {
  person: string
  kind: 'mogelijke-tweeling' | 'zelfde-huishouden'
  unsettles: string[]
}

export type LinkDecision =
  | { outcome: 'linked'; person: string; alsoMerge: string[]; provisional: boolean; evidence: Evidence }
  | { outcome: 'review'; candidates: ReviewCandidate[]; hints: LinkHint[] }
  | { outcome: 'new'; hints: LinkHint[] }
