import type { Operation } from '../../../schemas/openapi.ts'
import type { Hub } from '../../context.ts'

/** Collections of which an id can be tried out: what is in them is about persons, and comes from others too. */
const OF_OTHERS = [
  ...['matches', 'meldingen', 'coordinatiecasussen', 'overdrachten', 'betrokkenheden'],
  ...['koppelvragen', 'personen', 'doorbrekingen', 'verzoeken'],
]
/** Searches of which the body says whom they are about. */
const BY_PERSON = ['persoonInzagenOpvragen', 'logregelsZoeken', 'logregelsExporteren']

/**
 * Which person or match an operation asks for, to be counted (`persons-limit.ts`): an id, or a keyed hash of what was sought; null
 * for what is the asker's own, and for lists and the feed, which show only what was told before.
 */
export function askedFor(
  { keys }: Hub,
  { operationId, path }: Operation,
  values: Record<string, unknown>,
  json: unknown,
): string | null {
  const [, collection = '', place] = path.split('/')
  if (place === '{id}' && OF_OTHERS.includes(collection)) return String(values.id).slice(0, 64)
  const { reden: _, ...sought } = (json ?? {}) as Record<string, unknown>
  if (BY_PERSON.includes(operationId)) return typeof sought.persoon === 'string' ? sought.persoon.slice(0, 64) : null
  if (operationId !== 'personenZoeken') return null
  return keys.hash('inhoud', JSON.stringify(sought)).toString('base64url')
}
