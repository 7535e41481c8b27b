import type { CoordinatorRule } from '../consent/policy.ts'

/** What the rules look at: frameworks of the involvements that the asker may see, and the variant chosen last. */
export interface CoordinatorFacts {
  frameworks: ReadonlySet<string>
  variant: number | null
}

/** The first rule that fits, which says of what kind the zorgcoördinator is; undefined when none does. */
export function proposeCoordinator(rules: readonly CoordinatorRule[], facts: CoordinatorFacts): CoordinatorRule | undefined {
  return rules.find(({ als }) => {
    if (als?.kader && !als.kader.some((framework) => facts.frameworks.has(framework))) return false
    if (als?.variantVanaf !== undefined && (facts.variant === null || facts.variant < als.variantVanaf)) return false
    return als?.variantTot === undefined || (facts.variant !== null && facts.variant <= als.variantTot)
  })
}
