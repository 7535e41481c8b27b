import { expect } from 'chai'
import { inventedRegistrations } from '../../bench/registrations.ts'
import { linkKeys } from '../../crypto/derived-keys.ts'
import { profileOfText, textOfProfile } from './packed-profile.ts'
import { type Profile, profileOf } from './profile.ts'
import { subjectFrom, subjectOf } from './subject.ts'

const SECRET = Buffer.alloc(32, 7)
const invented = [true, false].flatMap((withBsn) => inventedRegistrations(300, { withBsn, seed: 4 }))
const profilesUnder = (epoch: string): Profile[] => {
  const keys = linkKeys(SECRET, epoch)
  return [...invented.map(({ registration }) => subjectOf(registration)), subjectFrom({})].map((subject) =>
    profileOf(subject, keys),
  )
}
const profiles = profilesUnder('1')
const withoutKeys = (profile: Profile) => ({ ...profile, keys: [] })

describe('a profile as text', () => {
  it('is read as it was written, but for the blocking keys', () => {
    for (const profile of profiles) expect(profileOfText(textOfProfile(profile))).to.deep.equal(withoutKeys(profile))
  })

  it('is read from the JSON in which hubs stored it before', () => {
    for (const profile of profiles) expect(profileOfText(JSON.stringify(profile))).to.deep.equal(profile)
  })

  it('is the same text for what is the same, read or made, and another for another or under other keys', () => {
    const texts = profiles.map(textOfProfile)
    expect(texts.map((text) => textOfProfile(profileOfText(text)))).to.deep.equal(texts)
    expect(profilesUnder('1').map(textOfProfile)).to.deep.equal(texts)
    const former = profiles.map((profile) => JSON.stringify(withoutKeys(profile)))
    expect(new Set(texts).size).to.equal(new Set(former).size).and.to.be.greaterThan(100)
    expect(profilesUnder('2').some((other) => texts.includes(textOfProfile(other)))).to.equal(false)
  })

  it('takes less than three quarters of that JSON', () => {
    const length = (write: (profile: Profile) => string) => profiles.reduce((sum, profile) => sum + write(profile).length, 0)
    expect(length(textOfProfile)).to.be.lessThan(0.75 * length(JSON.stringify))
  })
})
