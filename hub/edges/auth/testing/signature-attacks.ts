import { createHmac } from 'node:crypto'
import { CompactEncrypt, CompactSign, type CryptoKey, exportSPKI, generateKeyPair, importJWK } from 'jose'
import { type Attack, type AttackKit, byToken, encode } from './attack.ts'

function unsigned(kit: AttackKit, header: object, signature = ''): string {
  return `${encode({ ...kit.header, ...header })}.${encode(kit.claims())}.${signature}`
}

function withMac(kit: AttackKit, secret: string): string {
  const content = unsigned(kit, { alg: 'HS256' }).slice(0, -1)
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

async function publicPem({ publicKey }: AttackKit): Promise<string> {
  return exportSPKI((await importJWK(publicKey, 'ES256')) as CryptoKey)
}

async function withOwnKey(kit: AttackKit, alg: string, header: object = {}): Promise<string> {
  const { privateKey } = await generateKeyPair(alg)
  const content = new TextEncoder().encode(JSON.stringify(kit.claims()))
  return new CompactSign(content).setProtectedHeader({ ...kit.header, alg, ...header }).sign(privateKey)
}

async function encrypted(kit: AttackKit): Promise<string> {
  const { publicKey } = await generateKeyPair('RSA-OAEP-256')
  const content = new TextEncoder().encode(await kit.sign())
  const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', typ: 'at+jwt', cty: 'at+jwt', kid: kit.header.kid }
  return new CompactEncrypt(content).setProtectedHeader(header).encrypt(publicKey)
}

async function changed(kit: AttackKit): Promise<string> {
  const [header, , signature] = (await kit.sign()).split('.')
  return `${header}.${encode(kit.claims({ organisatie: 'mee' }))}.${signature}`
}

/** The same signature in other base64url: the last character carries bits that are not used. */
async function otherSpelling(kit: AttackKit): Promise<string> {
  const token = await kit.sign()
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) ?? '') ^ 1]
}

/** The signature itself: left out, forged, confused or replaced. */
export const SIGNATURE_ATTACKS: Attack[] = [
  byToken('alg none, no signature', 'malformed', (kit) => unsigned(kit, { alg: 'none' })),
  byToken('alg none, with some signature', 'alg', (kit) => unsigned(kit, { alg: 'none' }, encode('x'.repeat(64)))),
  byToken('alg None', 'alg', (kit) => unsigned(kit, { alg: 'None' }, encode('x'))),
  byToken('alg missing', 'alg', (kit) => unsigned(kit, { alg: undefined }, encode('x'))),
  byToken('empty signature', 'malformed', (kit) => unsigned(kit, {})),
  byToken('HS256 with the public key as PEM', 'alg', async (kit) => withMac(kit, await publicPem(kit))),
  byToken('HS256 with the public key as JWK', 'alg', (kit) => withMac(kit, JSON.stringify(kit.publicKey))),
  byToken('ES256 with r = s = 0', 'signature', (kit) => unsigned(kit, {}, Buffer.alloc(64).toString('base64url'))),
  byToken('PS256 with the kid of the ES256 key', 'key', (kit) => withOwnKey(kit, 'PS256')),
  byToken('RS256 instead of PS256', 'alg', (kit) => withOwnKey(kit, 'RS256')),
  byToken('ES256 by another key', 'signature', (kit) => withOwnKey(kit, 'ES256')),
  byToken('EdDSA with the kid of the ES256 key', 'key', (kit) => withOwnKey(kit, 'EdDSA')),
  byToken('ES512', 'alg', (kit) => withOwnKey(kit, 'ES512')),
  byToken('payload changed after signing', 'signature', changed),
  byToken('signature in another spelling', 'base64url', otherSpelling),
  byToken('JWE around a good token', 'malformed', encrypted),
]
