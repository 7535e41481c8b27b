import type { RegionClient } from './region-client.ts'

/** The parties as whom one can use the screens in the demo: those who may see matches, the coördinatiepunt first. */
export function demoLogins(clients: readonly RegionClient[]): RegionClient[] {
  const rank = ({ rol }: RegionClient) => (rol === 'coordinatiepunt' ? 0 : 1)
  return clients.filter(({ scopes }) => scopes.includes('match:lezen')).sort((one, other) => rank(one) - rank(other))
}
