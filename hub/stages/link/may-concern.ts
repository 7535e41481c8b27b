import type { Member } from './decision.ts'
import type { LinkModel } from './model.ts'
import type { Profile } from './profile.ts'
import { comparePerson } from './score.ts'
import { verdictOn } from './verdict.ts'

/**
 * Whether a person can bear upon a decision as a candidate, by those of its registrations that share a blocking key with the subject: not when
 * these are a namesake's, of which there are the more the more there are of everybody.
 */
export function mayConcern(incoming: Profile, near: Member[], model: LinkModel): boolean {
  const { kind, hint } = verdictOn(comparePerson(incoming, near, model), model)
  return kind !== 'other' || hint === 'mogelijke-tweeling'
}
