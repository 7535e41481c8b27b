import { loadConfig } from '../../config.ts'
import { demoProviderKey, hasDemoKeys } from '../../edges/auth/demo-keys.ts'
import { demoIssuer, signDemoToken } from '../../edges/auth/demo-token.ts'
import { loadRegion } from '../../region.ts'

const TTL_S = 60

/**
 * A token for a hub that runs the demo with the keys that lie here, as `verwijsindex token` would give it; undefined anywhere
 * else. A witness elsewhere brings its own.
 */
export async function demoToken(hub: URL): Promise<string | undefined> {
  const config = loadConfig({ demo: true })
  if (!config.demo || config.issuer || !hasDemoKeys(config.keysDir)) return undefined
  const client = loadRegion(config.region).clients.find((one) => one.scopes.includes('logregel:lezen'))
  if (!client) return undefined
  const port = Number(hub.port || 80)
  const issuer = demoIssuer(port === config.port ? config.host : hub.hostname, port)
  const request = { issuer, audience: config.audience, scope: 'logregel:lezen', ttl_s: TTL_S }
  return signDemoToken(await demoProviderKey(config.keysDir), client, request)
}
