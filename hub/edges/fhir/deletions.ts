import { allOf, type Picture, type Resource } from '../../../adapters/fhir/resources.ts'
import { endRegistration } from '../../flows/end-registration.ts'
import { dayOf } from '../../stages/calendar.ts'
import { type Bundle, deletedIn, patientOf, resourcesOf } from './bundle.ts'
import { fetchByIds } from './picture.ts'
import { overlapping, type Round, referenceOf } from './round.ts'
import { referencesBehind, takePatients } from './take.ts'

/** Of which types deletions are followed: what is a registration, and what makes part of one. */
export const DELETED = ['EpisodeOfCare', 'CareTeam', 'RelatedPerson', 'Consent']
const EPISODES = ['EpisodeOfCare', 'CareTeam']

const positionOf = ({ source }: Round, type: string) => `fhir/${source.client}/gewist/${type}`

/** From now on deletions are followed: what is deleted while a source is read for the first time is seen at the end of that. */
export async function beginDeletions(round: Round): Promise<void> {
  const now = round.hub.clock.real().toISOString()
  const missing = await round.hub.store.read(async (tx) => {
    const known = await Promise.all(DELETED.map((type) => tx.state.get(positionOf(round, type))))
    return DELETED.filter((_, at) => known[at] === undefined)
  })
  if (missing.length === 0) return
  await round.hub.store.write(async (tx) => {
    for (const type of missing) await tx.state.set(positionOf(round, type), now)
  })
}

/** Takes what was deleted of one type since the last time: an episode's registration ends, and patients who lost a guardian or a consent are read again. */
export async function takeDeletions(round: Round, type: string): Promise<void> {
  const { hub, reader } = round
  const position = positionOf(round, type)
  const since = (await hub.store.read((tx) => tx.state.get(position))) as string
  const asked = hub.clock.real().toISOString()
  for (let page: Bundle | null = await reader.history(type, overlapping(since)); page; page = await reader.next(page)) {
    const names = deletedIn(page)
    if (EPISODES.includes(type)) for (const name of names) await endDeleted(round, name)
    else if (names.length > 0) await takePatients(round, await patientsBehind(round, names), async () => {})
  }
  await hub.store.write((tx) => tx.state.set(position, asked))
}

/** What was registered of a deleted episode was registered wrongly. */
async function endDeleted(round: Round, name: string): Promise<void> {
  const { hub, sender } = round
  const [row] = await hub.store.read((tx) => tx.registrations.byReferences(sender.organisation, [referenceOf(round, name)]))
  if (!row || row.status === 'afgesloten') return
  const today = dayOf(hub.clock.domain())
  const einddatum = today > row.startedOn ? today : row.startedOn
  await endRegistration(hub, sender, row.id, { versie: row.version + 1, einddatum, afsluitreden: 'onterecht' }, {})
}

/** To which patients these belonged: by the registrations of which they were part, else by what the server still tells of them. */
async function patientsBehind(round: Round, names: string[]): Promise<string[]> {
  const patients = new Set<string>()
  for (const name of names) {
    const known = await patientsByMemory(round, name)
    for (const each of known.length > 0 ? known : await patientsByHistory(round, name)) patients.add(each)
  }
  return [...patients]
}

async function patientsByMemory(round: Round, name: string): Promise<string[]> {
  const { hub, reader, sender } = round
  const episodes = await hub.store.read(async (tx) => {
    const rows = await tx.registrations.byReferences(sender.organisation, await referencesBehind(round, tx, name))
    const contents = await hub.contents.open(tx, rows)
    return [...contents.values()].map(({ registration }) => registration.kenmerk)
  })
  const found: Picture = new Map()
  for (const type of EPISODES) {
    const own = episodes.filter((episode) => episode.startsWith(`${type}/`))
    await fetchByIds(reader, found, type, own, {})
  }
  return patientsOf(allOf<Resource>(found, ...EPISODES))
}

/** What never became a registration, because it was refused, is known to the server only. */
async function patientsByHistory({ reader }: Round, name: string): Promise<string[]> {
  const versions = await reader.versions(name)
  return versions ? patientsOf(resourcesOf(versions)) : []
}

const patientsOf = (resources: Resource[]): string[] => [...new Set(resources.flatMap((each) => patientOf(each) ?? []))]
