import { randomBytes } from 'node:crypto'
import { CompactSign, importJWK, type JWK } from 'jose'

type Members = Record<string, unknown>

/** What an attack has to hand: the right claims and key, to break in one place. */
export interface AttackKit {
  /** Claims of a token that would be accepted; `undefined` as a value leaves a claim out. */
  claims(changes?: Members): Members
  /** A token signed with the issuer's own key; header and claims as given. */
  sign(claims?: Members, header?: Members): Promise<string>
  /** The same with a payload of any bytes. */
  signText(payload: string, header?: Members): Promise<string>
  /** The issuer's public key. */
  publicKey: JWK
  header: { alg: string; typ: string; kid: string }
}

export type SentHeaders = Record<string, string | string[]>

/** One way to break in: what is sent instead of a good request. Each must be answered with the same 401. */
export interface Attack {
  name: string
  /** Why the verifier refuses it, as its log tells: refused for another reason would be refused by chance. */
  reason: string
  send(kit: AttackKit): Promise<{ headers: SentHeaders; query?: string }>
}

/** An attack that only differs in its token. */
export function byToken(name: string, reason: string, make: (kit: AttackKit) => Promise<string> | string): Attack {
  return { name, reason, send: async (kit) => ({ headers: { authorization: `Bearer ${await make(kit)}` } }) }
}

/** Base64url of a value as JSON. */
export function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

export interface KitSettings {
  /** The issuer's private key, with `kid`. */
  key: JWK & { kid: string }
  issuer: string
  audience: string
  client: string
  scope: string
}

/** The kit for any hub that trusts `key`. */
export function createKit({ key, issuer, audience, client, scope }: KitSettings): AttackKit {
  const { d: _, ...publicKey } = key
  const header = { alg: 'ES256', typ: 'at+jwt', kid: key.kid }
  const kit: AttackKit = {
    publicKey,
    header,
    claims(changes = {}) {
      const now_s = Math.floor(Date.now() / 1000)
      const jti = randomBytes(16).toString('base64url')
      const parties = { sub: client, client_id: client, organisatie: client, rol: 'organisatie', gemeenten: ['1894'] }
      return { iss: issuer, aud: audience, ...parties, iat: now_s, exp: now_s + 900, jti, scope, ...changes }
    },
    sign: (claims = {}, changes = {}) => kit.signText(JSON.stringify(kit.claims(claims)), changes),
    async signText(payload, changes = {}) {
      const signer = new CompactSign(new TextEncoder().encode(payload))
      const crit = { b64: true }
      return signer.setProtectedHeader({ ...header, ...changes }).sign(await importJWK(key, 'ES256'), { crit })
    },
  }
  return kit
}
