import type { Hub } from '../context.ts'
import type { EdgeRow } from '../rows.ts'
import type { LinkDecision } from '../stages/link/decision.ts'

/** The linker's own link between two registrations: why, and by which model. */
export function ruleEdge(hub: Hub, a: number, b: number, decision: LinkDecision & { outcome: 'linked' }): Omit<EdgeRow, 'id'> {
  const evidence = JSON.stringify(decision.evidence)
  const createdAt = hub.clock.domain().toISOString()
  const provisional = decision.provisional ? 1 : 0
  return { a, b, kind: 'zelfde', origin: 'regel', provisional, evidence, model: hub.model.version, review: null, createdAt }
}
