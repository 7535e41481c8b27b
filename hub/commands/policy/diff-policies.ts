import { existsSync } from 'node:fs'
import { policyPath } from '../../edges/policies.ts'
import { HubError } from '../../errors.ts'
import { decide } from '../../stages/consent/decide.ts'
import { type Policy, policyName } from '../../stages/consent/policy.ts'
import { EXIT } from '../command.ts'
import { linesOf, writeLines } from '../json-lines.ts'
import { brief, differs } from './difference.ts'
import { readCaseLine } from './read-line.ts'

/** `policy diff`: which cases are decided otherwise under the second policy. Prints each, then the totals; exit 1 when there are any. */
export async function diffPolicies(before: Policy, after: Policy, files: readonly string[]): Promise<number> {
  const totals = { gevallen: 0, gewijzigd: 0, opent: 0, sluit: 0, onleesbaar: 0 }
  for (const file of files) {
    for await (const lines of linesOf(file)) {
      for (const line of lines) {
        const { geval, kase } = readCaseLine(line)
        totals.gevallen += 1
        if (!kase) totals.onleesbaar += 1
        const [van, naar] = kase ? [decide(before, kase), decide(after, kase)] : []
        if (!van || !naar || !differs(van, naar)) continue
        totals.gewijzigd += 1
        if (van.besluit !== naar.besluit) totals[naar.besluit === 'toestaan' ? 'opent' : 'sluit'] += 1
        await writeLines([JSON.stringify({ geval, van: brief(van), naar: brief(naar) })])
      }
    }
  }
  await writeLines([JSON.stringify({ samenvatting: { van: policyName(before), naar: policyName(after), ...totals } })])
  return totals.gewijzigd === 0 && totals.onleesbaar === 0 ? EXIT.good : EXIT.findings
}

/** The cases that lie beside the two policies. Throws `gebruik` when neither has any. */
export function casesBeside(names: readonly string[]): string[] {
  const files = names.map((name) => policyPath(name).replace(/\.json$/, '.gevallen.ndjson'))
  const found = [...new Set(files)].filter((file) => existsSync(file))
  if (found.length === 0)
    throw new HubError('gebruik', { detail: 'Noem een bestand met gevallen: bij deze reglementen ligt er geen.' })
  return found
}
