import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { type Attack, type AttackKit, byToken, encode } from './attack.ts'

/** Signed by a key that the token itself brings along. */
async function bringsOwnKey(kit: AttackKit): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const content = new TextEncoder().encode(JSON.stringify(kit.claims()))
  return new CompactSign(content).setProtectedHeader({ ...kit.header, jwk: await exportJWK(publicKey) }).sign(privateKey)
}

/** The signature is good; only the header's text is not what was signed by our signer, so it is signed by hand. */
async function doubledHeaderMember(kit: AttackKit): Promise<string> {
  const [, payload, signature] = (await kit.sign()).split('.')
  const header = `{"alg":"none","alg":"ES256","typ":"at+jwt","kid":${JSON.stringify(kit.header.kid)}}`
  return `${encode(header)}.${payload}.${signature}`
}

/** The header: which key, which kind of token, and extensions that a careless reader would follow. */
export const HEADER_ATTACKS: Attack[] = [
  byToken('kid unknown', 'key', (kit) => kit.sign({}, { kid: 'onbekend' })),
  byToken('kid as a path', 'kid', (kit) => kit.sign({}, { kid: '../../../../dev/null' })),
  byToken('kid with SQL', 'kid', (kit) => kit.sign({}, { kid: "x' UNION SELECT 'sleutel' --" })),
  byToken('kid of 10 kB', 'too-large', (kit) => kit.sign({}, { kid: 'k'.repeat(10_000) })),
  byToken('kid a number', 'kid', (kit) => kit.sign({}, { kid: 1 })),
  byToken('kid missing', 'kid', (kit) => kit.sign({}, { kid: undefined })),
  byToken('kid __proto__', 'key', (kit) => kit.sign({}, { kid: '__proto__' })),
  byToken('jwk in the header', 'header-member', bringsOwnKey),
  byToken('jwk of the issuer in the header', 'header-member', (kit) => kit.sign({}, { jwk: kit.publicKey })),
  byToken('jku in the header', 'header-member', (kit) => kit.sign({}, { jku: 'http://127.0.0.1:9/jwks' })),
  byToken('x5u in the header', 'header-member', (kit) => kit.sign({}, { x5u: 'http://127.0.0.1:9/cert.pem' })),
  byToken('x5c in the header', 'header-member', (kit) => kit.sign({}, { x5c: ['MIIB'] })),
  byToken('crit in the header', 'header-member', (kit) => kit.sign({}, { crit: ['b64'], b64: true })),
  byToken('b64 false in the header', 'header-member', (kit) => kit.sign({}, { b64: false })),
  byToken('id token', 'typ', (kit) => kit.sign({ nonce: 'n' }, { typ: 'JWT' })),
  byToken('logout token', 'typ', (kit) => kit.sign({ events: {} }, { typ: 'logout+jwt' })),
  byToken('typ missing', 'typ', (kit) => kit.sign({}, { typ: undefined })),
  byToken('header member doubled', 'part-not-an-object', doubledHeaderMember),
]
