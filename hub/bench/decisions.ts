import { readFileSync } from 'node:fs'
import { policyPath, readPolicy } from '../edges/policies.ts'
import type { ConsentCase } from '../stages/consent/case.ts'
import { decide } from '../stages/consent/decide.ts'
import { parseCase } from '../stages/consent/parse-case.ts'

const ROUNDS = 5

/**
 * Decisions a second on one core, over the hand-written cases of the default policy: the best of five rounds, in CPU time. `varied` gives
 * each question another second of the day, so that nothing remembered of the moment helps.
 */
export function decisionsPerSecond(count: number): { sameMoment: number; varied: number } {
  const policy = readPolicy('peel-en-maas-1g1p')
  const text = readFileSync(policyPath('peel-en-maas-1g1p').replace(/\.json$/, '.gevallen.ndjson'), 'utf8')
  const cases = text.split('\n').flatMap((line) => {
    const parsed = line ? parseCase(JSON.parse(line)) : { faults: [] }
    return 'kase' in parsed ? [parsed.kase] : []
  })
  const varied = cases.flatMap((kase) =>
    Array.from({ length: 100 }, (_, i): ConsentCase => ({ ...kase, peildatum: at(kase.peildatum, i) })),
  )
  const best = (questions: ConsentCase[]) =>
    Math.max(...Array.from({ length: ROUNDS }, () => perCpuSecond(questions, count, (kase) => decide(policy, kase))))
  return { sameMoment: best(cases), varied: best(varied) }
}

/** Another second of the same day, as an instant. */
function at(moment: string, i: number): string {
  const seconds = String(i % 60).padStart(2, '0')
  return `${moment.slice(0, 10)}T11:${String(Math.floor(i / 60)).padStart(2, '0')}:${seconds}Z`
}

function perCpuSecond(questions: ConsentCase[], count: number, ask: (kase: ConsentCase) => unknown): number {
  const { user, system } = process.cpuUsage()
  for (let i = 0; i < count; i++) ask(questions[i % questions.length] as ConsentCase)
  const spent = process.cpuUsage({ user, system })
  return Math.round(count / ((spent.user + spent.system) / 1e6))
}
