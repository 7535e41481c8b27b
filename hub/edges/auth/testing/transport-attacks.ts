import { type Attack, type AttackKit, byToken, type SentHeaders } from './attack.ts'

function byHeaders(name: string, reason: string, make: (token: string) => SentHeaders): Attack {
  return { name, reason, send: async (kit) => ({ headers: make(await kit.sign()) }) }
}

async function padded(kit: AttackKit, size: number): Promise<string> {
  return kit.sign({ vulling: 'x'.repeat(size) })
}

async function jsonForm(kit: AttackKit): Promise<string> {
  const [header, payload, signature] = (await kit.sign()).split('.')
  return JSON.stringify({ payload, signatures: [{ protected: header, signature }] })
}

/** How the token travels: a good token, in the wrong place, form or size. */
export const TRANSPORT_ATTACKS: Attack[] = [
  byHeaders('no token at all', 'no-authorization', () => ({})),
  byHeaders('two Authorization headers', 'two-authorizations', (token) => ({
    authorization: [`Bearer ${token}`, `Bearer ${token}`],
  })),
  byHeaders('two tokens in one header', 'malformed', (token) => ({ authorization: `Bearer ${token}, Bearer ${token}` })),
  byHeaders('token in a cookie', 'no-authorization', (token) => ({
    cookie: `access_token=${token}; Authorization=Bearer ${token}`,
  })),
  byHeaders('token in another header', 'no-authorization', (token) => ({
    'x-authorization': `Bearer ${token}`,
    'proxy-authorization': `Bearer ${token}`,
  })),
  {
    name: 'token in the query',
    reason: 'no-authorization',
    send: async (kit) => ({ headers: {}, query: `access_token=${await kit.sign()}` }),
  },
  byHeaders('scheme Basic', 'malformed', (token) => ({ authorization: `Basic ${token}` })),
  byHeaders('scheme missing', 'malformed', (token) => ({ authorization: token })),
  byHeaders('scheme DPoP without proof', 'scheme', (token) => ({ authorization: `DPoP ${token}` })),
  byHeaders('two spaces after the scheme', 'malformed', (token) => ({ authorization: `Bearer  ${token}` })),
  byHeaders('tab after the scheme', 'malformed', (token) => ({ authorization: `Bearer\t${token}` })),
  byHeaders('whitespace inside the token', 'malformed', (token) => ({ authorization: `Bearer ${token.replace('.', '. ')}` })),
  byHeaders('token between quotes', 'malformed', (token) => ({ authorization: `Bearer "${token}"` })),
  byToken('two parts', 'malformed', async (kit) => (await kit.sign()).split('.').slice(0, 2).join('.')),
  byToken('five parts', 'malformed', async (kit) => `${await kit.sign()}.AA.AA`),
  byToken('padding at the end', 'malformed', async (kit) => `${await kit.sign()}=`),
  byToken('JSON form', 'malformed', jsonForm),
  byToken('9 kB', 'too-large', (kit) => padded(kit, 6_500)),
  byToken('1 MB', 'too-large', (kit) => padded(kit, 750_000)),
  byToken('1 MB before its encoding', 'too-large', (kit) => padded(kit, 1_000_000)),
  byToken('1 MB of no token at all', 'too-large', () => 'x'.repeat(1_000_000)),
]
