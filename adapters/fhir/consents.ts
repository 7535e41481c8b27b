import type { ConsentFromSource } from '../adapter.ts'
import type { Guardian } from './guardians.ts'
import { allOf, type Consent, nameOf, type Patient, type Picture, targetOf } from './resources.ts'

interface Answer {
  resource: Consent
  consent: ConsentFromSource
}

/**
 * The answers of a patient and of those with custody. One that is limited to certain receivers is left out when it permits, and taken for all when it
 * denies: their names are not ours, and a permission must never grow on its way. One that no longer is active is a `nee` from its last change.
 */
export function consentsOf(picture: Picture, patient: Patient, guardians: readonly Guardian[]): Answer[] {
  const own = allOf<Consent>(picture, 'Consent').filter((each) => targetOf(each.patient) === nameOf(patient))
  return own.flatMap((resource) => {
    const { status, provision, performer } = resource
    if (status === 'draft' || status === 'proposed' || status === 'entered-in-error') return []
    const denies = status !== 'active' || provision?.type === 'deny'
    if (!denies && ((provision?.actor ?? []).length > 0 || provision?.type !== 'permit')) return []
    const by = targetOf(performer?.[0]) ?? nameOf(patient)
    const gever = by === nameOf(patient) ? 'jeugdige' : guardians.find((each) => nameOf(each.resource) === by) && by
    return gever ? [{ resource, consent: answerOf(resource, gever, denies) }] : []
  })
}

function answerOf(resource: Consent, gever: string, denies: boolean): ConsentFromSource {
  const { status, dateTime, provision, sourceAttachment, sourceReference, meta } = resource
  const from = dayOf(status === 'active' ? (provision?.period?.start ?? dateTime) : meta?.lastUpdated)
  const to = status === 'active' ? dayOf(provision?.period?.end) : undefined
  return {
    over: 'jeugdige',
    gever,
    antwoord: denies ? 'nee' : 'ja',
    vorm: sourceAttachment || sourceReference ? 'schriftelijk' : 'mondeling',
    bereik: {},
    ...(from ? { geldigVanaf: from } : {}),
    ...(to ? { geldigTot: to } : {}),
  }
}

function dayOf(moment: string | undefined): string | undefined {
  return /^\d{4}-\d\d-\d\d/.exec(moment ?? '')?.[0]
}
