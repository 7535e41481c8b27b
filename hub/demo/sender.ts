import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { calculateJwkThumbprint, importJWK } from 'jose'
import type { Config } from '../config.ts'
import { certificateDer, demoCertificate } from '../edges/auth/demo-certificates.ts'
import { demoClientKeys, demoProviderKey, publicPart } from '../edges/auth/demo-keys.ts'
import { signDemoToken } from '../edges/auth/demo-token.ts'
import type { RegionClient } from '../edges/auth/region-client.ts'
import { tlsFetch } from '../edges/auth/tls-fetch.ts'
import { type Credentials, type ProofKey, proofOf } from '../edges/auth/token-source.ts'

/** A client of the demo outside its hub: its token, the headers of a request with it, and a `fetch` that shows its certificate. */
export interface DemoSender {
  token: string
  headers: Credentials
  fetch: typeof fetch
}

/**
 * Signs a token as the demo's provider would give it, bound as `TOKEN_BINDING` asks: to the client's own key (the one with which it proves itself at the
 * provider) or to its certificate, both in `KEYS_DIR`. Needs no running hub. Throws `gebruik` for scopes that are not the client's.
 */
export async function demoSender(
  config: Config,
  client: RegionClient,
  request: { issuer: string; scope: string | null; ttl_s: number },
): Promise<DemoSender> {
  const { keysDir, tokenBinding, audience } = config
  const proofKey = tokenBinding === 'dpop' ? await proofKeyOf(keysDir, client.id) : null
  const certificate = tokenBinding === 'mtls' ? demoCertificate(keysDir, `client-${client.id}`) : undefined
  const confirmation = {
    ...(proofKey && { jkt: await calculateJwkThumbprint(proofKey.jwk) }),
    ...(certificate !== undefined && { 'x5t#S256': hash('sha256', certificateDer(certificate), 'base64url') }),
  }
  const token = await signDemoToken(await demoProviderKey(keysDir), client, { ...request, audience, confirmation })
  return { token, headers: headersOf(token, proofKey), fetch: fetchOf(config, certificate) }
}

/** `fetch` for a client of the demo: over TLS it trusts the hub's own certificate. */
export function fetchOf({ tls }: Config, certificate?: string): typeof fetch {
  return tls ? tlsFetch(readFileSync(tls.certificate), certificate) : fetch
}

function headersOf(token: string, key: ProofKey | null): Credentials {
  return async (method, url): Promise<Record<string, string>> =>
    key ? { authorization: `DPoP ${token}`, dpop: await proofOf(key, token, method, url) } : { authorization: `Bearer ${token}` }
}

async function proofKeyOf(keysDir: string, client: string): Promise<ProofKey> {
  const key = (await demoClientKeys(keysDir, [client])).get(client)
  if (!key) throw new TypeError('a key was made for each client')
  const { kty, crv, x, y } = publicPart(key)
  return { privateKey: (await importJWK(key, 'ES256')) as ProofKey['privateKey'], jwk: { kty, crv, x, y } as ProofKey['jwk'] }
}
