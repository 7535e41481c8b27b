import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Hub } from '../../context.ts'
import type { Principal } from '../../principal.ts'
import { type Bundle, patientOf, resourcesOf } from './bundle.ts'
import { fhirReader } from './client.ts'
import { beginDeletions, DELETED, takeDeletions } from './deletions.ts'
import { FaultyAnswer, type Remark, textOf } from './outcome.ts'
import { reasonOf } from './reason.ts'
import { overlapping, type Round } from './round.ts'
import type { FhirSource } from './settings.ts'
import { takePatients } from './take.ts'

/** A change in any of these is a change in who is registered, or how. */
const FOLLOWED = ['Patient', 'EpisodeOfCare', 'CareTeam', 'RelatedPerson', 'Consent']
const START = '1970-01-01T00:00:00Z'

/** A step for a worker: reads each source that is due, to its end, and says in the log what could not be read and where that was; answers 0. */
export function pullSources(hub: Hub, sources: FhirSource[], log: Logger, stopping: AbortSignal): () => Promise<number> {
  const dueAt = new Map<FhirSource, number>()
  return async () => {
    for (const source of sources) {
      if (stopping.aborted || (dueAt.get(source) ?? 0) > performance.now()) continue
      const of = log.child({ bron: source.client })
      const pulled = hub.shares.asOnly(`fhir/${source.client}`, (store) => pullOnce({ ...hub, store }, source, of, stopping))
      await pulled.catch((error: unknown) => {
        if (!stopping.aborted) of.warn({ fout: reasonOf(error) }, 'fhir: bron niet te lezen, later opnieuw')
      })
      dueAt.set(source, performance.now() + source.everySeconds * 1000)
    }
    return 0
  }
}

/** Everything that changed at one source since the last round. A part that the server answers faultily stays where it was; the others go on. */
async function pullOnce(hub: Hub, source: FhirSource, log: Logger, stopping: AbortSignal): Promise<void> {
  const said = new Set<string>()
  const remark = (each: Remark) => {
    if (said.size < said.add(textOf(each)).size)
      log.warn({ melding: textOf(each) }, 'fhir: opmerking van de bron bij een antwoord')
  }
  const reader = fhirReader(source, { signal: stopping, remark })
  const round: Round = { hub, source, reader, sender: senderOf(hub, source), stopping }
  const attempt = (stap: string, work: Promise<void>) =>
    work.catch(async (error: unknown) => {
      if (!(error instanceof FaultyAnswer)) throw error
      const tot = await hub.store.read((tx) => tx.state.get(`fhir/${source.client}/${stap}`))
      log.warn({ stap, tot, melding: error.remarks.map(textOf) }, 'fhir: de bron meldt een fout; hier wordt later verder gelezen')
    })
  try {
    await beginDeletions(round)
    for (const type of FOLLOWED) await attempt(type, takeChanges(round, type))
    for (const type of DELETED) await attempt(`gewist/${type}`, takeDeletions(round, type))
  } finally {
    await reader.close()
  }
}

/** What changed of one type, page by page; a page is stored with how far it came. */
async function takeChanges(round: Round, type: string): Promise<void> {
  const { hub, source, reader, stopping } = round
  const name = `fhir/${source.client}/${type}`
  const since = await hub.store.read((tx) => tx.state.get(name))
  const from = since ? overlapping(since) : START
  const query = { _lastUpdated: `ge${from}`, _sort: '_lastUpdated', _count: source.pageSize }
  let page: Bundle | null = await reader.search(type, query)
  while (page && !stopping.aborted) {
    const changed = resourcesOf(page)
    const last = changed.at(-1)?.meta?.lastUpdated
    const patients = [...new Set(changed.flatMap((resource) => patientOf(resource) ?? []))]
    if (last !== undefined) await takePatients(round, patients, (tx) => tx.state.set(name, last))
    page = await reader.next(page)
  }
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
