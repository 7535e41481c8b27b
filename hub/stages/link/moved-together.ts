import type { LinkKeys, Token } from '../../crypto/derived-keys.ts'
import { compareDates } from './compare-facts.ts'
import { compareGiven } from './compare-given.ts'
import type { Evidence, Member } from './decision.ts'
import type { Profile } from './profile.ts'
import { rememberedUnder } from './remembered.ts'

/** A household with more registrations than this says nothing: an institution, or a name that is common there. */
export const HOUSEHOLD_MAX = 40

/**
 * The keys under which a household is found: a house and the sound of a surname, always together, so that neither can be counted. Not for
 * comparing, but for seeing who else lives there.
 */
export function householdKeysOf(profile: Profile, keys: LinkKeys): string[] {
  const house = profile.address?.nr
  return house == null ? [] : householdKeys(house, new Set(soundsOf(profile)), keys)
}

export function householdKeys(house: Token, sounds: Set<Token>, keys: LinkKeys): string[] {
  return Array.from(sounds, (sound) => householdKey(`${house}|${sound}`, keys))
}

/** Most of a household comes in more than once, and soon. */
const householdKey = rememberedUnder((household, keys) => keys.token('blok-huis-geslachtsnaam', household) as string)

/** The sounds of the surnames that the household of these may go by: their own, their partners' and their parents'. */
export function familySounds(profiles: Profile[]): Set<Token> {
  return new Set(
    profiles.flatMap((profile) => [
      ...soundsOf(profile),
      ...profile.parents.flatMap(({ surnames }) => surnames.map(({ sound }) => sound)),
    ]),
  )
}

/**
 * Whether a household moved between two houses: somebody of another birth date than the one in question stands at both, under one surname.
 * A namesake elsewhere is a stranger as well as a mover; two people who are at the same two houses are a family.
 */
export function movedTogether(about: Profile, here: Profile[], there: Profile[]): boolean {
  const others = here.filter(({ date }) => compareDates(date, about.date) === 'anders')
  return others.some((one) => there.some((other) => mayBeOne(one, other)))
}

/** Of one whole birth date and one surname, and not of two given names. */
export function mayBeOne(one: Profile, other: Profile): boolean {
  const { y, m, d, newYear } = one.date
  if (!y || !m || !d || newYear || compareDates(one.date, other.date) !== 'gelijk') return false
  const given = compareGiven(one, other)
  if (given === 'anders' || given === 'voorletter-anders') return false
  const sounds = soundsOf(other)
  return soundsOf(one).some((sound) => sounds.includes(sound))
}

function soundsOf({ surnames, partner }: Profile): Token[] {
  return [...surnames, ...partner].map(({ sound }) => sound)
}

/** The same, known to have moved from or to these houses. */
export function withMoves(member: Member, houses: Token[]): Member {
  const { address } = member.profile
  return address ? { ...member, profile: { ...member.profile, address: { ...address, movedWith: houses } } } : member
}

const ELSEWHERE = new Set(['anders', 'wijk', 'postcode', 'wijk-nummer', 'letters-nummer'])
/** The given names by which nobody is linked, wherever he lives. */
const UNNAMED = new Set(['ontbreekt', 'voorletter', 'bijna', 'bijna-verwisseld', 'tweede', 'twee-namen'])

/** Whether a doubt may go when a move is known: there are two houses that are not one, and the given name is no doubt. */
export function waitsOnMove({ velden }: Evidence): boolean {
  const levelOf = (field: string) => velden.find(({ veld }) => veld === field)?.niveau ?? ''
  return ELSEWHERE.has(levelOf('adres')) && !UNNAMED.has(levelOf('voornamen'))
}
