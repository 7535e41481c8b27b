import { expect } from 'chai'
import { inventedRegistrations } from '../../bench/registrations.ts'
import { linkKeys } from '../../crypto/derived-keys.ts'
import { bytesOfProfile, profileOfBytes } from './packed-profile.ts'
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

describe('a profile as bytes', () => {
  it('is read as it was written, but for the blocking keys', () => {
    for (const profile of profiles) expect(profileOfBytes(bytesOfProfile(profile))).to.deep.equal(withoutKeys(profile))
  })

  it('is to be made anew where it was stored as text before', () => {
    for (const text of [JSON.stringify(profiles[0]), '{"e":"1","b":null}\n[]'])
      expect(profileOfBytes(Buffer.from(text))).to.equal(undefined)
  })

  it('is the same bytes for what is the same, read or made, and others for another or under other keys', () => {
    const hexOf = (profile: Profile) => bytesOfProfile(profile).toString('hex')
    const all = profiles.map(hexOf)
    expect(profiles.map((profile) => hexOf(profileOfBytes(bytesOfProfile(profile)) as Profile))).to.deep.equal(all)
    expect(profilesUnder('1').map(hexOf)).to.deep.equal(all)
    const former = profiles.map((profile) => JSON.stringify(withoutKeys(profile)))
    expect(new Set(all).size).to.equal(new Set(former).size).and.to.be.greaterThan(100)
    expect(profilesUnder('2').some((other) => all.includes(hexOf(other)))).to.equal(false)
  })

  it('takes less than half of that JSON', () => {
    const length = (write: (profile: Profile) => { length: number }) =>
      profiles.reduce((sum, profile) => sum + write(profile).length, 0)
    expect(length(bytesOfProfile)).to.be.lessThan(0.5 * length(JSON.stringify))
  })
})
