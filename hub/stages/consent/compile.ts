import { type Boundary, type Form, type Policy, policyName, type Rule } from './policy.ts'

/** A policy made ready: its age boundaries in order, and between every two of them the rules that can apply there. */
export interface CompiledPolicy {
  readonly reglement: string
  readonly boundaries: readonly { readonly jaren: number; readonly dagen: number }[]
  /** `rulesOf[n]` holds for who has passed exactly n boundaries. */
  readonly rulesOf: readonly (readonly Rule[])[]
  readonly formsOf: (organisation: string | null | undefined) => readonly Form[]
  readonly overrideHours: number
  readonly adultRoles: ReadonlySet<string>
  readonly toldUnlessNo: {
    readonly organisations: ReadonlySet<string>
    readonly kinds: ReadonlySet<string>
    readonly afterInforming: boolean
  }
}

const compiledPolicies = new WeakMap<Policy, CompiledPolicy>()

/** The compiled form, made once per policy. */
export function compiled(policy: Policy): CompiledPolicy {
  let made = compiledPolicies.get(policy)
  if (!made) {
    made = compile(policy)
    compiledPolicies.set(policy, made)
  }
  return made
}

function compile(policy: Policy): CompiledPolicy {
  const boundaries = boundariesOf(policy.regels)
  const indexOf = (boundary: Boundary) => boundaries.findIndex((other) => sortKey(other) === sortKey(boundary)) + 1
  const covers = ({ als }: Rule, segment: number) =>
    (als?.leeftijd?.vanaf === undefined || segment >= indexOf(als.leeftijd.vanaf)) &&
    (als?.leeftijd?.tot === undefined || segment < indexOf(als.leeftijd.tot))
  const rulesOf = Array.from({ length: boundaries.length + 1 }, (_, segment) =>
    policy.regels.filter((rule) => covers(rule, segment)),
  )
  const forms = new Map(Object.entries(policy.vorm.organisaties))
  return {
    reglement: policyName(policy),
    boundaries,
    rulesOf,
    formsOf: (organisation) => (organisation && forms.get(organisation)) || policy.vorm.standaard,
    overrideHours: policy.doorbreking.uren,
    adultRoles: new Set(policy.volwassenBijOnbekendeLeeftijd),
    toldUnlessNo: {
      organisations: new Set(policy.toestaanTenzijNee.organisaties),
      kinds: new Set(policy.toestaanTenzijNee.soorten),
      afterInforming: policy.toestaanTenzijNee.naInformeren,
    },
  }
}

function boundariesOf(rules: readonly Rule[]): { jaren: number; dagen: number }[] {
  const named = rules.flatMap(({ als }) => [als?.leeftijd?.vanaf, als?.leeftijd?.tot]).filter((one) => one !== undefined)
  const byKey = new Map(named.map((one) => [sortKey(one), pairOf(one)]))
  return [...byKey.entries()].sort(([a], [b]) => a - b).map(([, boundary]) => boundary)
}

/** Days after a birthday stay below half a year, so years decide first. */
function sortKey(boundary: Boundary): number {
  const { jaren, dagen } = pairOf(boundary)
  return jaren * 366 + dagen
}

function pairOf(boundary: Boundary): { jaren: number; dagen: number } {
  return typeof boundary === 'number' ? { jaren: boundary, dagen: 0 } : boundary
}
