import type { Member } from './decision.ts'
import type { LinkModel } from './model.ts'
import type { Profile } from './profile.ts'
import { comparePerson } from './score.ts'
import { verdictOn } from './verdict.ts'

/**
 * Whether a person can bear upon a decision, by those of its registrations that share a blocking key with the subject: not when these are a
 * namesake's, of which there are the more the more there are of everybody. Whoever has its birth date and surname always can, since that tells
 * which names are in use.
 */
export function mayConcern(incoming: Profile, near: Member[], model: LinkModel): boolean {
  if (near.some(({ profile }) => sharesBirth(incoming, profile))) return true
  const { kind, hint } = verdictOn(comparePerson(incoming, near, model), model)
  return kind !== 'other' || hint === 'mogelijke-tweeling'
}

function sharesBirth(a: Profile, b: Profile): boolean {
  if (a.date.y === null || a.date.y !== b.date.y || a.date.m !== b.date.m || a.date.d !== b.date.d) return false
  return a.surnames[0] !== undefined && a.surnames[0].sound === b.surnames[0]?.sound
}
