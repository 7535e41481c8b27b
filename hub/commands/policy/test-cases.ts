import { basename } from 'node:path'
import { readPolicy } from '../../edges/policies.ts'
import { HubError } from '../../errors.ts'
import type { Policy } from '../../stages/consent/policy.ts'
import { EXIT } from '../command.ts'
import { linesOf, writeLines } from '../json-lines.ts'
import { differenceOf } from './difference.ts'
import { readCaseLine } from './read-line.ts'

const CASES_FILE = /^(.+)\.gevallen\.ndjson$/

/**
 * `policy test`: decides every case of a file and compares it with the line's `verwacht`. A line's own `reglement` goes before the
 * given policy, and that before the policy after which the file is named. Prints each difference, then the totals; exit 1 on any.
 */
export async function testCases(file: string, given: string | undefined): Promise<number> {
  const policies = new Map<string, Policy>()
  const usual = given ?? CASES_FILE.exec(basename(file))?.[1]
  let gevallen = 0
  let verschillen = 0
  for await (const lines of linesOf(file)) {
    for (const line of lines) {
      gevallen += 1
      const difference = differenceOf(readCaseLine(line), (name) => policyFor(name ?? usual, policies))
      if (!difference) continue
      verschillen += 1
      await writeLines([JSON.stringify({ regelnummer: gevallen, ...difference })])
    }
  }
  await writeLines([JSON.stringify({ samenvatting: { gevallen, goed: gevallen - verschillen, verschillen } })])
  return verschillen === 0 ? EXIT.good : EXIT.findings
}

function policyFor(name: string | undefined, known: Map<string, Policy>): Policy {
  if (!name) throw new HubError('gebruik', { detail: 'Noem het reglement: met --reglement, per regel, of in de bestandsnaam.' })
  const policy = known.get(name) ?? readPolicy(name)
  known.set(name, policy)
  return policy
}
