import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'

/** An identity provider whose answers a test decides; it counts how often its keys are asked for. */
export interface TestIssuer {
  url: string
  /** What the key set holds; change it at will. */
  keys: JWK[]
  asked: number
  /** Members that replace those of the discovery document. */
  discovery: Record<string, unknown>
  /** How the key set is answered. */
  answer: (response: ServerResponse) => void
  close(): void
}

export async function startIssuer(): Promise<TestIssuer> {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('openid-configuration'))
      return sendJson(response, { issuer: issuer.url, jwks_uri: `${issuer.url}/jwks`, ...issuer.discovery })
    issuer.asked += 1
    issuer.answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer: TestIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: [],
    asked: 0,
    discovery: {},
    answer: (response) => sendJson(response, { keys: issuer.keys }),
    close: () => close(server),
  }
  return issuer
}

export function sendJson(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
}

/** A key pair of an issuer: the private part to sign with, the public part for its key set. */
export async function makeIssuerKey(kid: string, alg = 'ES256'): Promise<{ private: JWK & { kid: string }; public: JWK }> {
  const pair = await generateKeyPair(alg, { extractable: true })
  const shared = { kid, use: 'sig' }
  return {
    private: { ...(await exportJWK(pair.privateKey)), ...shared },
    public: { ...(await exportJWK(pair.publicKey)), ...shared },
  }
}

function close(server: Server): void {
  server.closeAllConnections()
  server.close()
}
