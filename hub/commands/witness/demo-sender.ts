import { loadConfig } from '../../config.ts'
import { type DemoSender, demoSender } from '../../demo/sender.ts'
import { hasDemoKeys } from '../../edges/auth/demo-keys.ts'
import { demoIssuer } from '../../edges/auth/demo-token.ts'
import { loadRegion } from '../../region.ts'

const TTL_S = 60

/** Who asks: the headers of its requests, and over what they go. */
export type Sender = Omit<DemoSender, 'token'>

/**
 * For a hub that runs the demo with the keys that lie here: with a token as `verwijsindex token` would give it. Anywhere else without any; a
 * witness elsewhere brings its own.
 */
export async function demoSenderFor(hub: URL): Promise<Sender> {
  const config = loadConfig({ demo: true })
  const nobody: Sender = { headers: async () => ({}), fetch }
  if (!config.demo || config.issuer || !hasDemoKeys(config.keysDir)) return nobody
  const client = loadRegion(config.region).clients.find((one) => one.scopes.includes('logregel:lezen'))
  if (!client) return nobody
  const isOverTls = hub.protocol === 'https:'
  const port = Number(hub.port || (isOverTls ? 443 : 80))
  const issuer = demoIssuer(port === config.port ? config.host : hub.hostname, port, isOverTls)
  return demoSender(config, client, { issuer, scope: 'logregel:lezen', ttl_s: TTL_S })
}
