/** Of a registration or an involvement: where it was said that the person lives, and what the register of persons told. */
interface Housed {
  person: string | null
  municipality: string
  residence?: string | null
  residenceSince?: string | null
}

/** The municipality whose point follows a registration, by that registration alone. */
export function livesIn({ municipality, residence }: Pick<Housed, 'municipality' | 'residence'>): string {
  return residence ?? municipality
}

/**
 * These, each in the municipality that routes it: what the register told of any of a person's counts for all of them that are given,
 * and for no others, so that what is sealed to a reader moves nothing in what the reader sees. Without a word of the register it is what
 * each says itself.
 */
export function whereTheyLive<T extends Housed>(given: readonly T[]): T[] {
  const newest = new Map<string, Housed>()
  for (const each of given) {
    const before = each.person === null ? undefined : newest.get(each.person)
    if (each.person === null || !each.residence) continue
    if (!before || (each.residenceSince ?? '') > (before.residenceSince ?? '')) newest.set(each.person, each)
  }
  if (!given.some(({ residence }) => residence)) return [...given]
  return given.map((each) => ({
    ...each,
    municipality: (each.person === null ? null : newest.get(each.person)?.residence) ?? livesIn(each),
  }))
}
