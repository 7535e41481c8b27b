import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { AdapterRow } from '../../../adapters/adapter.ts'
import { nameOf, type Picture, type Resource, targetOf } from '../../../adapters/fhir/resources.ts'
import { rowsOf } from '../../../adapters/fhir/rows.ts'
import type { Registratie } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { endRegistration } from '../../flows/end-registration.ts'
import { faultsOf, type IncomingRow, rowOfFile } from '../../flows/import-rows.ts'
import { type CheckedRow, storeRows } from '../../flows/store-rows.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import { dayOf } from '../../stages/calendar.ts'
import { type Bundle, type FhirReader, fhirReader } from './client.ts'
import { reasonOf } from './reason.ts'
import type { FhirSource } from './settings.ts'

/** A change in any of these is a change in who is registered, or how. */
const FOLLOWED = ['Patient', 'EpisodeOfCare', 'CareTeam', 'RelatedPerson', 'Consent']
const AROUND = ['EpisodeOfCare:patient', 'CareTeam:patient', 'RelatedPerson:patient', 'Consent:patient']
/** What those refer to, and is fetched by id: not every server takes such references along. */
const BEHIND = ['Organization', 'PractitionerRole', 'Patient']
const ROUNDS = 2
/** What was committed late at the source, with an earlier moment, is read all the same. */
const OVERLAP_MS = 60_000
const START = '1970-01-01T00:00:00Z'
const PICTURE_MAX = 100

/** A step for a worker: reads each source that is due, to its end; answers how many pages brought something. */
export function pullSources(hub: Hub, sources: FhirSource[], log: Logger, stopping: AbortSignal): () => Promise<number> {
  const dueAt = new Map<FhirSource, number>()
  return async () => {
    for (const source of sources) {
      if (stopping.aborted || (dueAt.get(source) ?? 0) > performance.now()) continue
      const pulled = hub.shares.asOnly(`fhir/${source.client}`, (store) => pullOnce({ ...hub, store }, source, stopping))
      await pulled.catch((error: unknown) => {
        if (!stopping.aborted) log.warn({ bron: source.client, fout: reasonOf(error) }, 'fhir: bron niet te lezen, later opnieuw')
      })
      dueAt.set(source, performance.now() + source.everySeconds * 1000)
    }
    return 0
  }
}

/** Everything that changed at one source since the last round, page by page; a page is stored with how far it came. */
async function pullOnce(hub: Hub, source: FhirSource, stopping: AbortSignal): Promise<void> {
  const sender = senderOf(hub, source)
  const reader = fhirReader(source, stopping)
  try {
    await readAll(hub, reader, sender, source, stopping)
  } finally {
    await reader.close()
  }
}

async function readAll(
  hub: Hub,
  reader: FhirReader,
  sender: Principal,
  source: FhirSource,
  stopping: AbortSignal,
): Promise<void> {
  for (const type of FOLLOWED) {
    const name = `fhir/${source.client}/${type}`
    const since = await hub.store.read((tx) => tx.state.get(name))
    const from = since ? new Date(Date.parse(since) - OVERLAP_MS).toISOString() : START
    let page: Bundle | null = await reader.search(type, {
      _lastUpdated: `ge${from}`,
      _sort: '_lastUpdated',
      _count: source.pageSize,
    })
    while (page && !stopping.aborted) {
      await takePage(hub, reader, sender, name, resourcesOf(page))
      page = await reader.next(page)
    }
  }
  await takeDeletions(hub, reader, sender, source)
}

/** Deleted episodes end what was registered of them, as registered wrongly. */
async function takeDeletions(hub: Hub, reader: FhirReader, sender: Principal, source: FhirSource): Promise<void> {
  const name = `fhir/${source.client}/gewist`
  const since = await hub.store.read((tx) => tx.state.get(name))
  const now = hub.clock.real().toISOString()
  if (since) {
    let page: Bundle | null = await reader.history('EpisodeOfCare', new Date(Date.parse(since) - OVERLAP_MS).toISOString())
    while (page) {
      const gone = (page.entry ?? []).filter(({ request }) => request?.method === 'DELETE')
      for (const { request } of gone) await endDeleted(hub, sender, targetOf({ reference: request?.url ?? '' }))
      page = await reader.next(page)
    }
  }
  await hub.store.write((tx) => tx.state.set(name, now))
}

async function endDeleted(hub: Hub, sender: Principal, kenmerk: string | undefined): Promise<void> {
  const reference = hub.keys.hash('kenmerk', `${sender.organisation}\0${kenmerk}`)
  const [row] = await hub.store.read((tx) => tx.registrations.byReferences(sender.organisation, [reference]))
  if (!row || row.status === 'afgesloten') return
  const today = dayOf(hub.clock.domain())
  const einddatum = today > row.startedOn ? today : row.startedOn
  await endRegistration(hub, sender, row.id, { versie: row.version + 1, einddatum, afsluitreden: 'onterecht' }, {})
}

/** One page of changed resources: the whole picture of each patient in it is fetched, and stored with the page's last moment. */
async function takePage(hub: Hub, reader: FhirReader, sender: Principal, name: string, changed: Resource[]): Promise<void> {
  const last = changed.at(-1)?.meta?.lastUpdated
  if (last === undefined) return
  const patients = [...new Set(changed.flatMap((resource) => patientOf(resource) ?? []))]
  const picture = await pictureOf(reader, patients)
  const rows = rowsOf(picture, patients, { gemeente: sender.municipalities[0] ?? '' })
  const fresh = await hub.store.read((tx) => changedRows(hub, tx, sender, rows))
  const checked = fresh.map(({ row }): CheckedRow => ({ row, fouten: faultsOf(hub, sender, row) }))
  await storeRows(hub, sender, checked, 'fhir', async (tx) => {
    for (const { mark, content } of fresh) await tx.state.set(mark, content)
    await tx.state.set(name, last)
    return true
  })
}

interface Changed {
  row: IncomingRow
  mark: string
  content: string
}

/**
 * The rows that say something else than when they were read last; good or wrong, each is told once, however often it is read. A source's moments can be the
 * same for two changes, so a row is newer than what stands. What is remembered are keyed hashes.
 */
async function changedRows(hub: Hub, tx: Tx, sender: Principal, rows: AdapterRow[]): Promise<Changed[]> {
  const changed: Changed[] = []
  for (const row of rows) {
    const { bronbericht: _, versie, ...rest } = row.registratie as Registratie
    const reference = hub.keys.hash('kenmerk', `${sender.organisation}\0${rest.kenmerk}`)
    const mark = `fhir/${reference.toString('hex')}`
    const content = hub.keys.hash('inhoud', JSON.stringify([rest, row.toestemmingen, row.fouten])).toString('hex')
    if ((await tx.state.get(mark)) === content) continue
    const [standing] = await tx.registrations.byReferences(sender.organisation, [reference])
    const newer = Math.max(versie, (standing?.version ?? 0) + 1)
    const bronbericht = `${rest.kenmerk}/${newer}`
    changed.push({ row: rowOfFile({ ...row, bronbericht, registratie: { ...rest, bronbericht, versie: newer } }), mark, content })
  }
  return changed
}

/** The patients with all that hangs on them, what that refers to, and those they were merged into. */
async function pictureOf(reader: FhirReader, patients: readonly string[]): Promise<Picture> {
  const picture: Picture = new Map()
  await fetchByIds(reader, picture, 'Patient', patients, { _revinclude: AROUND })
  for (let round = 0; round < ROUNDS; round++) {
    const missing = [...new Set(JSON.stringify([...picture.values()]).match(REFERENCES) ?? [])]
      .map((text) => text.slice(REFERENCE.length, -1))
      .filter((name) => !picture.has(name))
    for (const type of BEHIND) {
      const names = missing.filter((name) => name.startsWith(`${type}/`))
      await fetchByIds(reader, picture, type, names, {})
    }
  }
  return picture
}

const REFERENCE = '"reference":"'
const REFERENCES = /"reference":"[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}"/g

async function fetchByIds(
  reader: FhirReader,
  into: Picture,
  type: string,
  names: readonly string[],
  around: { _revinclude?: string[] },
) {
  const ids = names.map((name) => name.split('/')[1] ?? '')
  for (let from = 0; from < ids.length; from += PICTURE_MAX) {
    const query = { _id: ids.slice(from, from + PICTURE_MAX).join(','), _count: PICTURE_MAX, ...around }
    for (let page: Bundle | null = await reader.search(type, query); page; page = await reader.next(page))
      for (const resource of resourcesOf(page)) into.set(nameOf(resource), resource)
  }
}

function resourcesOf({ entry = [] }: Bundle): Resource[] {
  return entry.flatMap(({ resource }) => (resource && resource.resourceType !== 'OperationOutcome' ? [resource] : []))
}

function patientOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return nameOf(resource)
  const { patient, subject } = resource as { patient?: { reference?: string }; subject?: { reference?: string } }
  return targetOf(patient ?? subject)
}

/** On whose behalf a source is read; a client that was struck out of the region sends nothing more. */
function senderOf(hub: Hub, { client: id }: FhirSource): Principal {
  const client = hub.region.clients.find((each) => each.id === id)
  if (!client?.scopes.includes('registratie:schrijven')) throw new Error('this client may not register')
  return {
    client: id,
    subject: id,
    organisation: client.organisatie,
    role: client.rol,
    municipalities: client.gemeenten,
    scopes: new Set(client.scopes),
    traceId: randomBytes(16).toString('hex'),
    origin: 'fhir',
  }
}
