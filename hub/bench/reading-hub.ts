import { once } from 'node:events'
import { loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { demoProviderKey } from '../edges/auth/demo-keys.ts'
import { signDemoToken } from '../edges/auth/demo-token.ts'
import { createLog } from '../edges/log.ts'
import { openHub } from '../hub.ts'
import { accept, processWaiting } from '../pipeline.ts'
import { loadRegion } from '../region.ts'
import { startServer } from '../server.ts'
import { deliveryOf } from './deliveries.ts'
import { inventedRegistrations } from './registrations.ts'

// A hub in a process of its own, filled and served for `logged-reads.ts`: with `ongelogd` the same, but what is appended to the log is
// thrown away. No setting of the hub does that.

const REGISTRATIONS = 200
const READER = 'mee'

const config = loadConfig({ demo: true })
const log = createLog('error')
const { hub, close } = await openHub(config, 'bench', log)
const rows = inventedRegistrations(REGISTRATIONS, { withBsn: true, seed: 1 }).map(({ registration }) => registration)
await accept(
  hub,
  rows.map((registration) => deliveryOf(READER, registration)),
)
while ((await processWaiting(hub, REGISTRATIONS)) > 0);
const ids = (await hub.store.read((tx) => tx.registrations.listOwn(READER, null, 0, REGISTRATIONS))).map(({ id }) => id)
const server = await startServer(process.argv[2] === 'ongelogd' ? withoutLog(hub) : hub, config, log)
const client = loadRegion(config.region).clients.find(({ id }) => id === READER)
if (!client) throw new Error(`no client ${READER}`)
const request = { issuer: `${server.baseUrl}/oidc`, audience: config.audience, scope: null, ttl_s: 900 }
const token = await signDemoToken(await demoProviderKey(config.keysDir), client, request)
process.stdout.write(`${JSON.stringify({ baseUrl: server.baseUrl, token, paths: ids.map((id) => `/v1/registraties/${id}`) })}\n`)
process.stdin.resume()
await once(process.stdin, 'end')
await server.stop()
await close()

function withoutLog(hub: Hub): Hub {
  const write: Hub['store']['write'] = (work) =>
    hub.store.write((tx) => work({ ...tx, log: { ...tx.log, append: async () => undefined } }))
  return { ...hub, store: { ...hub.store, write } }
}
