import type { Bundle } from './bundle.ts'

/** What a server remarks on its own answer, without its words: those can hold anything. */
export interface Remark {
  /** As in FHIR; what is none of them counts as `error`. */
  severity: 'fatal' | 'error' | 'warning' | 'information'
  /** Of http://hl7.org/fhir/ValueSet/issue-type; `unknown` for any other. */
  code: string
}

/** An answer that the server itself calls faulty: what it holds is not all, so nothing of it is used. */
export class FaultyAnswer extends Error {
  readonly remarks: Remark[]

  constructor(remarks: Remark[]) {
    super(`the server reports: ${remarks.map(textOf).join(', ')}`)
    this.remarks = remarks
  }
}

export const textOf = ({ severity, code }: Remark): string => `${severity} ${code}`

/** R4: what may be over when asked again (children of `transient`), and the other codes. */
const PASSING = ['transient', 'lock-error', 'no-store', 'exception', 'timeout', 'incomplete', 'throttled']
const LASTING = [
  ...['invalid', 'structure', 'required', 'value', 'invariant', 'security', 'login', 'unknown', 'expired', 'forbidden'],
  ...['suppressed', 'processing', 'not-supported', 'duplicate', 'multiple-matches', 'not-found', 'deleted', 'too-long'],
  ...['code-invalid', 'extension', 'too-costly', 'business-rule', 'conflict', 'informational'],
]
const SEVERITIES = ['fatal', 'error', 'warning', 'information'] as const

/**
 * The remarks within a bundle of results (entries with `search.mode` outcome). Throws `FaultyAnswer` when one of them is an error, or when the answer is no
 * bundle at all.
 */
export function remarksOn(answer: Bundle): Remark[] {
  if (answer.resourceType !== 'Bundle') throw new FaultyAnswer([...remarksIn(answer), { severity: 'error', code: 'structure' }])
  const remarks = (answer.entry ?? []).flatMap(({ resource }) => remarksIn(resource))
  const faults = remarks.filter(({ severity }) => severity === 'error' || severity === 'fatal')
  if (faults.length > 0) throw new FaultyAnswer(faults)
  return remarks
}

/** Whether asking again may help. */
export function isPassing(error: unknown): boolean {
  return error instanceof FaultyAnswer && error.remarks.every(({ code }) => PASSING.includes(code))
}

/** What an OperationOutcome says; nothing of any other. */
export function remarksIn(body: unknown): Remark[] {
  const { resourceType, issue } = (body ?? {}) as { resourceType?: string; issue?: { severity?: unknown; code?: unknown }[] }
  if (resourceType !== 'OperationOutcome') return []
  if (!Array.isArray(issue) || issue.length === 0) return [{ severity: 'error', code: 'unknown' }]
  return issue.map(({ severity, code }) => ({
    severity: SEVERITIES.find((each) => each === severity) ?? 'error',
    code: [...PASSING, ...LASTING].find((each) => each === code) ?? 'unknown',
  }))
}
