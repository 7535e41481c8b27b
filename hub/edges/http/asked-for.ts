import type { Operation } from '../../../schemas/openapi.ts'
import type { Hub } from '../../context.ts'

const BY_ID = new Set(['matchOpvragen', 'opvolgingVastleggen', 'meldingOpvragen', 'koppelvraagBeantwoorden'])

/**
 * Which person or match an operation asks for, to be counted (`persons-limit.ts`): an id, or a keyed hash of what was sought; null
 * for what is the asker's own, and for lists and the feed, which show only what was told before.
 */
export function askedFor(
  { keys }: Hub,
  { operationId }: Operation,
  values: Record<string, unknown>,
  json: unknown,
): string | null {
  if (BY_ID.has(operationId)) return String(values.id).slice(0, 64)
  if (operationId !== 'personenZoeken') return null
  const { reden: _, ...person } = json as Record<string, unknown>
  return keys.hash('inhoud', JSON.stringify(person)).toString('base64url')
}
