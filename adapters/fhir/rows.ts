import type { Fault } from '../../schemas/fault.ts'
import type { AdapterContext, AdapterRow } from '../adapter.ts'
import { consentsOf } from './consents.ts'
import { guardiansOf } from './guardians.ts'
import { filled, identityOf, personOf } from './person.ts'
import {
  allOf,
  type Episode,
  nameOf,
  type Organization,
  type Patient,
  type Picture,
  type Resource,
  type Role,
  targetOf,
} from './resources.ts'

const STATUSES: Record<string, string> = {
  planned: 'aangemeld',
  waitlist: 'wachtlijst',
  active: 'actief',
  onhold: 'overbrugging',
  'on-hold': 'overbrugging',
  finished: 'afgesloten',
  cancelled: 'afgesloten',
  inactive: 'afgesloten',
  'entered-in-error': 'afgesloten',
  proposed: 'aangemeld',
  suspended: 'overbrugging',
}
/** A row, and the names of all that it was made of. */
export interface SourceRow extends AdapterRow {
  parts: string[]
}

const DEFAULT_ROLE = 'zorgverlener'

/**
 * The registrations in what a FHIR server told of some patients: one per EpisodeOfCare, or per CareTeam for who has none. A patient that was
 * merged into another is registered as that other. `kenmerk` is `EpisodeOfCare/<id>`; `versie` the second of the newest change in any part.
 */
export function rowsOf(picture: Picture, patients: readonly string[], context: Pick<AdapterContext, 'gemeente'>): SourceRow[] {
  return patients.flatMap((name) => {
    const patient = picture.get(name) as Patient | undefined
    if (!patient) return []
    const own = (each: Episode) => targetOf(each.patient ?? each.subject) === name
    const episodes = allOf<Episode>(picture, 'EpisodeOfCare').filter(own)
    const teams = allOf<Episode>(picture, 'CareTeam').filter(own)
    const found = episodes.length > 0 ? episodes : teams
    return found.map((episode) => rowOf(picture, survivorOf(picture, patient), episode, context))
  })
}

/** Who stands in for a patient that was merged into another. */
function survivorOf(picture: Picture, patient: Patient, depth = 0): Patient {
  const link = patient.link?.find(({ type }) => type === 'replaced-by')
  const other = picture.get(targetOf(link?.other) ?? '') as Patient | undefined
  return other && depth < 5 ? survivorOf(picture, other, depth + 1) : patient
}

function rowOf(picture: Picture, patient: Patient, episode: Episode, { gemeente }: Pick<AdapterContext, 'gemeente'>): SourceRow {
  const guardians = guardiansOf(picture, patient)
  const consents = consentsOf(picture, patient, guardians)
  const kenmerk = nameOf(episode)
  const parts = [episode, patient, ...guardians.map(({ resource }) => resource), ...consents.map(({ resource }) => resource)]
  const versie = Math.max(...parts.map(secondOf))
  const content = {
    persoon: { gemeente, ...personOf(patient), ...identityOf(patient) },
    gezagsdragers: guardians.map(({ guardian }) => guardian),
    betrokkenheid: involvementOf(episode),
    contact: contactOf(picture, episode),
  }
  const toestemmingen = consents.map(({ consent }) => consent)
  const bronbericht = `${kenmerk}/${versie}`
  return {
    regel: 1,
    bronbericht,
    registratie: { bronbericht, kenmerk, versie, ...content },
    toestemmingen,
    fouten: faultsOf(episode),
    parts: parts.map(nameOf),
    bron: JSON.stringify(parts),
    sourceOf: (pointer) => pathOf(pointer, episode),
  }
}

function involvementOf({ status, period }: Episode): Record<string, unknown> {
  const known = STATUSES[status ?? '']
  const ended = known === 'afgesloten'
  return filled({
    status: known,
    begindatum: dayOf(period?.start),
    einddatum: ended ? (dayOf(period?.end) ?? dayOf(period?.start)) : undefined,
    afsluitreden: ended ? (status === 'finished' ? 'overig' : 'onterecht') : undefined,
  })
}

/** The function of who leads the care, and where to reach it or its organisation. */
function contactOf(picture: Picture, episode: Episode): Record<string, unknown> {
  const member = targetOf(episode.careManager) ?? targetOf(episode.participant?.find(({ member }) => targetOf(member))?.member)
  const role = picture.get(member ?? '') as Role | undefined
  const organisation = picture.get(targetOf(episode.managingOrganization ?? role?.organization) ?? '') as Organization | undefined
  const code = role?.code?.[0] ?? role?.specialty?.[0]
  const telecom = [...(role?.telecom ?? []), ...(organisation?.telecom ?? [])]
  const reach = (system: string) => telecom.find((each) => each.system === system && each.use !== 'home')?.value
  const functie = code?.text ?? code?.coding?.[0]?.display ?? DEFAULT_ROLE
  return filled({ functie, telefoon: reach('phone'), eMail: reach('email') })
}

function faultsOf({ resourceType, status, period }: Episode): Fault[] {
  const faults: Fault[] = []
  const watNu = 'Herstel dit in de bron; daarna wordt het vanzelf opnieuw gelezen.'
  if (!STATUSES[status ?? ''])
    faults.push({ pointer: `${resourceType}.status`, code: 'keuze', melding: 'Deze status is niet bekend.', watNu })
  if (!dayOf(period?.start))
    faults.push({
      pointer: `${resourceType}.period.start`,
      code: 'verplicht',
      melding: 'De begindatum ontbreekt of is onvolledig.',
      watNu,
    })
  return faults
}

const PATHS: [RegExp, string][] = [
  [/^\/persoon\/bsn/, 'Patient.identifier'],
  [/^\/persoon\/(voor|roep|gesl.chtsn|partner|voorv)/, 'Patient.name'],
  [/^\/persoon\/geboortedatum/, 'Patient.birthDate'],
  [/^\/persoon\/geslacht$/, 'Patient.gender'],
  [/^\/persoon\/(adres|gemeente)/, 'Patient.address'],
  [/^\/persoon/, 'Patient'],
  [/^\/gezagsdragers/, 'RelatedPerson'],
  [/^\/contact/, 'PractitionerRole'],
]

/** The FHIR path of a part of the registration. */
function pathOf(pointer: string, { resourceType }: Episode): string {
  if (pointer.startsWith('/betrokkenheid/status')) return `${resourceType}.status`
  if (pointer.startsWith('/betrokkenheid')) return `${resourceType}.period`
  return PATHS.find(([pattern]) => pattern.test(pointer))?.[1] ?? pointer
}

function dayOf(moment: string | undefined): string | undefined {
  return /^\d{4}-\d\d-\d\d/.exec(moment ?? '')?.[0]
}

/** Second of its last change, since 1970. */
function secondOf({ meta }: Resource): number {
  return Math.floor((Date.parse(meta?.lastUpdated ?? '') || 1000) / 1000)
}
