import type { ConsentDecision } from '../../stages/consent/case.ts'
import { decide } from '../../stages/consent/decide.ts'
import { type Policy, policyName } from '../../stages/consent/policy.ts'
import { EXIT } from '../command.ts'
import { linesOf, writeLines } from '../json-lines.ts'
import { readCaseLine } from './read-line.ts'

/** `policy decide`: a line out for every line in, in the same order. Exit 1 only when a line could not be judged. */
export async function decideLines(policy: Policy, file: string): Promise<number> {
  let unjudged = 0
  for await (const lines of linesOf(file)) {
    const answers = lines.map((line) => decideLine(policy, line))
    unjudged += answers.filter(({ regel }) => regel === 'fout').length
    await writeLines(answers.map((answer) => JSON.stringify(answer)))
  }
  return unjudged === 0 ? EXIT.good : EXIT.findings
}

/** One line's answer. A line that is no case is refused with rule `fout` and every fault, so that no line goes without an answer. */
function decideLine(policy: Policy, line: string): ConsentDecision & { geval: unknown; fouten?: unknown[] } {
  const { geval, kase, faults } = readCaseLine(line)
  if (kase) return { geval, ...decide(policy, kase) }
  return {
    geval,
    besluit: 'weigeren',
    regel: 'fout',
    grond: 'fout',
    ontbreekt: [],
    reglement: policyName(policy),
    fouten: faults,
  }
}
