import { refuse } from './refuse.ts'
import { parseStrictJson } from './strict-json.ts'

/** What a header may hold: nothing that brings or names a key (`jwk`, `jku`, `x5u`, `x5c`), no `crit`, `b64`, `zip`, `enc`. */
const HEADER_MEMBERS = new Set(['alg', 'typ', 'kid', 'x5t', 'x5t#S256'])
const KID = /^[\w.:=+-]{1,128}$/

export type JsonObject = Record<string, unknown>

export interface TokenParts {
  alg: string
  kid: string
  claims: JsonObject
}

/**
 * Takes a compact JWS apart and checks its header: a known algorithm, `typ` of an access token (RFC 9068, 2.1), a plain
 * `kid`. Nothing in it is to be believed before the signature has been checked.
 */
export function readTokenParts(token: string, algorithms: readonly string[]): TokenParts {
  const [first = '', second = '', third = ''] = token.split('.')
  const header = decodePart(first)
  for (const member of Object.keys(header)) if (!HEADER_MEMBERS.has(member)) return refuse('header-member')
  const { alg, typ, kid } = header
  if (typeof alg !== 'string' || !algorithms.includes(alg)) return refuse('alg')
  if (typ !== 'at+jwt' && typ !== 'application/at+jwt') return refuse('typ')
  if (typeof kid !== 'string' || !KID.test(kid)) return refuse('kid')
  decodeBase64url(third)
  return { alg, kid, claims: decodePart(second) }
}

/** One part as a JSON object; refuses other encodings of the same bytes, bad UTF-8, duplicate members, arrays, text. */
export function decodePart(part: string): JsonObject {
  const bytes = decodeBase64url(part)
  try {
    const value = parseStrictJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  } catch {}
  return refuse('part-not-an-object')
}

function decodeBase64url(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : refuse('base64url')
}
