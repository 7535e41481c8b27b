import { personOf } from './person.ts'
import { allOf, nameOf, type Patient, type Picture, type RelatedPerson, targetOf } from './resources.ts'

/** HL7 v3 RoleCode: parents of every kind, and who is guardian by law. */
const PARENTS = [
  'PRN',
  'FTH',
  'MTH',
  'NPRN',
  'NFTH',
  'NMTH',
  'ADOPTP',
  'ADOPTF',
  'ADOPTM',
  'STPPRN',
  'STPFTH',
  'STPMTH',
  'PRNFOST',
  'FTHFOST',
  'MTHFOST',
]
const GUARDIANS = ['GUARD', 'GUADLTM', 'SPOWATT']

export interface Guardian {
  resource: RelatedPerson
  guardian: Record<string, unknown>
}

/**
 * Who has or may have custody of a patient: the related persons that are parent or guardian. FHIR does not say whether a parent has custody, so that is
 * unknown, and counts as custody wherever consent is asked.
 */
export function guardiansOf(picture: Picture, patient: Patient): Guardian[] {
  const own = allOf<RelatedPerson>(picture, 'RelatedPerson').filter(
    (each) => targetOf(each.patient) === nameOf(patient) && each.active !== false,
  )
  return own.flatMap((resource) => {
    const codes = (resource.relationship ?? []).flatMap(({ coding = [] }) => coding.map(({ code = '' }) => code))
    const isGuardian = codes.some((code) => GUARDIANS.includes(code))
    if (!isGuardian && !codes.some((code) => PARENTS.includes(code))) return []
    const part = { relatie: isGuardian ? 'voogd' : 'ouder', gezag: isGuardian ? 'ja' : 'onbekend' }
    return [{ resource, guardian: { kenmerk: nameOf(resource), ...part, ...personOf(resource) } }]
  })
}
