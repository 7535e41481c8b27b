import type { ConsentDecision } from '../../stages/consent/case.ts'
import { decide } from '../../stages/consent/decide.ts'
import type { Policy } from '../../stages/consent/policy.ts'
import type { CaseLine } from './read-line.ts'

/** What a case gives other than expected, or null when it is as expected. A line without an expected `besluit` is a difference. */
export function differenceOf({ geval, json, kase, faults }: CaseLine, policyOf: (name?: string) => Policy): object | null {
  if (!kase) return { geval, fouten: faults }
  const verwacht = json.verwacht as Record<string, unknown> | undefined
  const decided: Record<string, unknown> = { ...decide(policyOf(json.reglement as string | undefined), kase) }
  const keys = ['besluit', ...Object.keys(verwacht ?? {})]
  const gekregen = Object.fromEntries(keys.map((key) => [key, decided[key]]))
  return keys.every((key) => JSON.stringify(verwacht?.[key]) === JSON.stringify(decided[key]))
    ? null
    : { geval, verwacht, gekregen }
}

/** The policy's name is not a difference; what it decides, by which rule and what is missing is. */
export function differs(van: ConsentDecision, naar: ConsentDecision): boolean {
  return JSON.stringify(brief(van)) !== JSON.stringify(brief(naar))
}

/** A decision without the policy's name. */
export function brief({ reglement: _, ...rest }: ConsentDecision): Omit<ConsentDecision, 'reglement'> {
  return rest
}
