import type { LinkEpochs } from '../ports/link-keys.ts'
import { blockingKeysOf } from '../stages/link/blocking.ts'
import { householdKeysOf } from '../stages/link/moved-together.ts'
import { type Profile, profileOf } from '../stages/link/profile.ts'
import type { LinkSubject } from '../stages/link/subject.ts'

/** What a subject is compared by, under the newest keys, and the keys under which it stands in the index, of every epoch that counts. */
export interface Tokens {
  profile: Profile
  blockingKeys: string[]
}

export function tokensOf(subject: LinkSubject, { all }: LinkEpochs): Tokens {
  const profiles = all.map((keys) => profileOf(subject, keys))
  const blockingKeys = all.flatMap((keys, at) => {
    const profile = profiles[at] as Profile
    return [...blockingKeysOf(profile), ...householdKeysOf(profile, keys)]
  })
  return { profile: profiles.at(-1) as Profile, blockingKeys }
}
