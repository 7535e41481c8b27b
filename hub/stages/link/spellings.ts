import { compareGiven } from './compare-given.ts'
import { decide } from './decide.ts'
import type { LinkDecision, Member, PersonCandidate } from './decision.ts'
import type { LinkModel } from './model.ts'
import type { Profile } from './profile.ts'

/**
 * `decide`, with what the registrations at hand tell of spellings: one that comes back for one birth date and surname is a name in use and no
 * slip (Hasan and Hassan are twins). Whoever has that birth date and surname is among the candidates: they share a blocking key.
 */
export function decideAmong(incoming: Member, persons: PersonCandidate[], model: LinkModel, truncated = false): LinkDecision {
  const marked = markerOf([incoming, ...persons.flatMap(({ members }) => members)])
  const candidates = persons.map((person) => ({ ...person, members: person.members.map(marked) }))
  return decide(marked(incoming), candidates, model, truncated)
}

/** Marks the members of which the spelling comes back among these. */
export function markerOf(members: Member[]): (member: Member) => Member {
  const counts = new Map<string, number>()
  for (const { profile } of members) {
    const spelling = spellingOf(profile)
    if (spelling !== null) counts.set(spelling, (counts.get(spelling) ?? 0) + 1)
  }
  const comesBack = ({ profile }: Member) => (counts.get(spellingOf(profile) ?? '') ?? 0) > 1
  return (member) => (comesBack(member) ? { ...member, profile: { ...member.profile, firstInUse: true } } : member)
}

/** Two names that each come back. */
const TWICE_TWO = 4

/** Whether one person goes by two names that are alike and both in use: then it is two, and was one only until that could be seen. */
export function holdsTwoNames(members: Member[]): boolean {
  if (members.length < TWICE_TWO) return false
  const marked = members.map(markerOf(members)).filter(({ profile }) => profile.firstInUse === true)
  const names = [...new Map(marked.map(({ profile }) => [spellingOf(profile), profile])).values()]
  return names.some((one, at) => names.slice(at + 1).some((other) => compareGiven(one, other) === 'twee-namen'))
}

/** The name somebody goes by, at a whole birth date and surname; null where a part is missing. */
function spellingOf({ given, calling, surnames, date: { y, m, d, newYear } }: Profile): string | null {
  const name = given[0] ?? calling[0]
  const [surname] = surnames
  return name && surname && y && m && d && !newYear ? `${name.exact} ${surname.sound} ${y} ${m} ${d}` : null
}
