import type { Hub } from '../context.ts'
import { logRules } from '../stages/audit/log-rules.ts'
import { policyName } from '../stages/consent/policy.ts'

/**
 * Removes the content of log lines past their term, and answers of how many. Real time decides, as in the log itself: a calendar that
 * was set ahead prunes nothing.
 */
export async function pruneLog(hub: Hub): Promise<number> {
  const options = { years: logRules(hub.policy).bewaarJaren, policy: policyName(hub.policy), at: hub.clock.real() }
  for (let total = 0; ; ) {
    const pruned = await hub.store.write((tx) => tx.log.prune(options))
    if (pruned === 0) return total
    total += pruned
  }
}
