import type { Config } from '../config.ts'
import type { Hub } from '../context.ts'
import { demoProviderKey } from '../edges/auth/demo-keys.ts'
import { demoIssuer, signDemoToken } from '../edges/auth/demo-token.ts'

export interface TokenOptions {
  /** Narrows the client's scopes. */
  scope?: string
  ttl_s?: number
}

const RENEW_WITHIN_S = 60

/** Signs tokens as the hub's own provider would; one that is about to end is signed anew. */
export function tokensOf(hub: Hub, config: Config, baseUrl: string) {
  const signed = new Map<string, { token: Promise<string>; until: number }>()
  return (client: string, { scope, ttl_s = 900 }: TokenOptions = {}): Promise<string> => {
    const name = JSON.stringify([client, scope, ttl_s])
    const known = signed.get(name)
    if (known && performance.now() < known.until) return known.token
    const token = sign(hub, config, baseUrl, client, { scope: scope ?? null, ttl_s })
    // A short one is the test's own matter, and stays.
    const until = ttl_s > 2 * RENEW_WITHIN_S ? performance.now() + (ttl_s - RENEW_WITHIN_S) * 1000 : Number.POSITIVE_INFINITY
    signed.set(name, { token, until })
    return token
  }
}

async function sign(hub: Hub, config: Config, baseUrl: string, id: string, wanted: { scope: string | null; ttl_s: number }) {
  const client = hub.region.clients.find((each) => each.id === id)
  if (!client) throw new Error(`the region has no client ${id}`)
  const issuer = demoIssuer(config.host, Number(new URL(baseUrl).port), config.tls !== null)
  return signDemoToken(await demoProviderKey(config.keysDir), client, { issuer, audience: config.audience, ...wanted })
}
