import type { Config } from '../config.ts'
import type { Hub } from '../context.ts'
import { demoProviderKey } from '../edges/auth/demo-keys.ts'
import { demoIssuer, signDemoToken } from '../edges/auth/demo-token.ts'

export interface TokenOptions {
  /** Narrows the client's scopes. */
  scope?: string
  ttl_s?: number
}

/** Signs tokens as the hub's own provider would, each once. */
export function tokensOf(hub: Hub, config: Config, baseUrl: string) {
  const signed = new Map<string, Promise<string>>()
  return (client: string, { scope, ttl_s = 900 }: TokenOptions = {}): Promise<string> => {
    const name = JSON.stringify([client, scope, ttl_s])
    const token = signed.get(name) ?? sign(hub, config, baseUrl, client, { scope: scope ?? null, ttl_s })
    signed.set(name, token)
    return token
  }
}

async function sign(hub: Hub, config: Config, baseUrl: string, id: string, wanted: { scope: string | null; ttl_s: number }) {
  const client = hub.region.clients.find((each) => each.id === id)
  if (!client) throw new Error(`the region has no client ${id}`)
  const issuer = demoIssuer(config.host, Number(new URL(baseUrl).port), config.tls !== null)
  return signDemoToken(await demoProviderKey(config.keysDir), client, { issuer, audience: config.audience, ...wanted })
}
