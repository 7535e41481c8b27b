import type { Hub } from '../../context.ts'
import type { Principal } from '../../principal.ts'
import type { FhirReader } from './client.ts'
import type { FhirSource } from './settings.ts'

/** One reading of one source, from where the last one ended. */
export interface Round {
  hub: Hub
  source: FhirSource
  reader: FhirReader
  /** On whose behalf. */
  sender: Principal
  stopping: AbortSignal
}

/** What was committed late at the source, with an earlier moment, is read all the same. */
const OVERLAP_MS = 60_000

/** From where to read on after a moment (RFC 3339). */
export function overlapping(moment: string): string {
  return new Date(Date.parse(moment) - OVERLAP_MS).toISOString()
}

/** The keyed hash by which a registration is found by the name of its episode; of other names the same. */
export function referenceOf({ hub, sender }: Pick<Round, 'hub' | 'sender'>, name: string): Buffer {
  return hub.keys.hash('kenmerk', `${sender.organisation}\0${name}`)
}

/** Under which name the store remembers something of a resource. */
export function markOf(round: Pick<Round, 'hub' | 'sender'>, name: string): string {
  return `fhir/${referenceOf(round, name).toString('hex')}`
}
