import { expect } from 'chai'
import { inventedRegistrations } from '../../bench/registrations.ts'
import { linkKeys } from '../../crypto/derived-keys.ts'
import { glances, nameDigit } from './glances.ts'
import { mayConcern } from './may-concern.ts'
import { type Profile, profileOf } from './profile.ts'
import { subjectOf } from './subject.ts'
import { MODEL, member, noor } from './testing.ts'

const FAMILY_KEYS = linkKeys(Buffer.alloc(32, 7), '1')
const profilesOf = (withBsn: boolean): Profile[] =>
  inventedRegistrations(400, { withBsn, seed: 12 }).map(({ registration }) => profileOf(subjectOf(registration), FAMILY_KEYS))
const birthOf = ({ surnames, date: { y, m, d, newYear } }: Profile) => `${surnames[0]?.sound} ${y} ${m} ${d} ${newYear}`
const rowOf = (seq: number) => ({ seq, id: `r_${seq}`, version: 1 })

/** Of every registration beside every other: what a glance says, and what the whole profile says. */
function* looks(profiles: Profile[]) {
  const seen = glances()
  for (const [seq, profile] of profiles.entries()) seen.keep(rowOf(seq), profile)
  for (const incoming of profiles)
    for (const [seq, profile] of profiles.entries())
      yield {
        look: seen.look(incoming, rowOf(seq)),
        may: mayConcern(incoming, [{ id: String(seq), profile }], MODEL),
        incoming,
        profile,
      }
}

describe('a glance at a profile', () => {
  for (const withBsn of [true, false])
    it(`rules out nobody who may bear upon a decision, ${withBsn ? 'with' : 'without'} numbers, and nearly all others`, () => {
      let [others, ruledOut] = [0, 0]
      for (const { look, may } of looks(profilesOf(withBsn))) {
        const isOut = look?.otherDate || look?.otherNumber
        if (may) expect(isOut).to.equal(false)
        others += may ? 0 : 1
        ruledOut += isOut ? 1 : 0
      }
      expect(others).to.be.greaterThan(100_000)
      expect(ruledOut).to.be.greaterThan(0.99 * others)
    })

  it('knows the given name where birth date and surname are the same, and only there', () => {
    let same = 0
    for (const { look, incoming, profile } of looks(profilesOf(false))) {
      const { y, m, d, newYear } = profile.date
      const isWhole = y !== null && m !== null && d !== null && !newYear && profile.surnames.length > 0
      const isSame = isWhole && birthOf(incoming) === birthOf(profile)
      expect(look?.nameAtBirth).to.equal(isSame ? nameDigit(profile) : 0)
      same += isSame ? 1 : 0
    }
    expect(same).to.be.greaterThan(400)
  })

  it('says nothing of another version, under another key, or once it is forgotten', () => {
    const seen = glances()
    const { profile } = member(noor())
    const other = member(noor({ geboortedatum: '2001-12-30', postcode: '1234AB', ouders: [] })).profile
    seen.keep(rowOf(9_000), other)
    expect(seen.look(profile, rowOf(9_000))).to.deep.equal({ otherDate: true, otherNumber: false, nameAtBirth: 0 })
    expect(seen.look(profile, { ...rowOf(9_000), version: 2 })).to.equal(undefined)
    expect(seen.look(profile, rowOf(9_001))).to.equal(undefined)
    expect(seen.look({ ...profile, epoch: 'other' }, rowOf(9_000))).to.equal(undefined)
    seen.keep(rowOf(9_000), { ...profile, epoch: '2' })
    seen.keep(rowOf(9_001), { ...profile, epoch: '1' })
    expect(seen.look({ ...profile, epoch: '2' }, rowOf(9_000))?.otherDate).to.equal(false)
    expect(seen.look({ ...profile, epoch: '1' }, rowOf(9_001))).to.equal(undefined)
    seen.keep(rowOf(9_000), other)
    seen.forget(['r_8999'])
    expect(seen.look(profile, rowOf(9_000))).to.not.equal(undefined)
    seen.forget(['r_9000'])
    expect(seen.look(profile, rowOf(9_000))).to.equal(undefined)
  })

  it('sees a twin, and one number with another date, as somebody who may be concerned', () => {
    const seen = glances()
    const bsn = '999990019'
    seen.keep(rowOf(1), member(noor({ voornamen: 'Lotte' })).profile)
    seen.keep(rowOf(2), member(noor({ bsn, geboortedatum: '2001-12-30', voornamen: 'Lotte' })).profile)
    const { profile } = member(noor({ bsn }))
    const lotte = nameDigit(member(noor({ voornamen: 'Lotte' })).profile)
    expect(seen.look(profile, rowOf(1))).to.deep.equal({ otherDate: false, otherNumber: false, nameAtBirth: lotte })
    expect(seen.look(profile, rowOf(2))).to.deep.equal({ otherDate: false, otherNumber: false, nameAtBirth: 0 })
  })
})
