import type { Regio } from '../../../schemas/types.ts'
import type { CoordinationRules } from '../consent/policy.ts'

/** One known residence, or the municipality of who registered where none is known. */
export interface Residence {
  municipality: string
  /** Role in the family: `jeugdige` leads before a parent. */
  role: string
  /** When it was told. */
  receivedAt: string
}

/** The coördinatiepunt of a municipality, its own or one that is attached to it; undefined when the region names none. */
export function pointFor(region: Pick<Regio, 'coordinatiepunten'>, municipality: string): string | undefined {
  const { coordinatiepunten: points } = region
  const own = points.find((point) => point.gemeenten.includes(municipality))
  return (own ?? points.find((point) => point.aangesloten?.includes(municipality)))?.id
}

/**
 * In which municipalities with a point a family lives, and which one leads with its point: of the residences that are known the one that
 * the region's rules put first. Without any point the answer is empty.
 */
export function routeOf(
  region: Pick<Regio, 'coordinatiepunten'>,
  rules: CoordinationRules['leidend'],
  residences: Residence[],
): { municipalities: string[]; leading: { point: string; municipality: string } | null } {
  const reachable = residences.flatMap((each) => {
    const point = pointFor(region, each.municipality)
    return point ? [{ ...each, point }] : []
  })
  const [first] = reachable.sort((a, b) => inOrder(rules, a, b))
  return {
    municipalities: [...new Set(reachable.map(({ municipality }) => municipality))],
    leading: first ? { point: first.point, municipality: first.municipality } : null,
  }
}

function inOrder(rules: CoordinationRules['leidend'], a: Residence, b: Residence): number {
  for (const rule of rules) {
    const difference =
      rule === 'jeugdige'
        ? Number(b.role === 'jeugdige') - Number(a.role === 'jeugdige')
        : rule === 'laatste-opgave'
          ? compare(b.receivedAt, a.receivedAt)
          : 0
    if (difference !== 0) return difference
  }
  return compare(a.municipality, b.municipality)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
