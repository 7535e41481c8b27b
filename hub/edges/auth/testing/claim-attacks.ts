import { type Attack, type AttackKit, byToken } from './attack.ts'

const now_s = () => Math.floor(Date.now() / 1000)

function withClaims(name: string, reason: string, changes: (kit: AttackKit) => Record<string, unknown>): Attack {
  return byToken(name, reason, (kit) => kit.sign(changes(kit)))
}

/** The payload as text, with something put in front of its first member. */
function withText(name: string, reason: string, first: string): Attack {
  return byToken(name, reason, (kit) => kit.signText(JSON.stringify(kit.claims()).replace('{', `{${first},`)))
}

const REQUIRED = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti', 'organisatie', 'rol', 'gemeenten']

/** The claims, all under a good signature. */
export const CLAIM_ATTACKS: Attack[] = [
  ...REQUIRED.map((claim) => withClaims(`${claim} missing`, claim, () => ({ [claim]: undefined }))),
  withClaims('exp past', 'expired', () => ({ iat: now_s() - 900, exp: now_s() - 60 })),
  withClaims('exp a string', 'exp', () => ({ exp: String(now_s() + 900) })),
  withClaims('exp negative', 'exp', () => ({ exp: -1 })),
  withClaims('exp in the year 9999', 'exp', () => ({ exp: 253402300799 })),
  withClaims('exp an hour ahead', 'lifetime', () => ({ exp: now_s() + 3600 })),
  withClaims('exp before iat', 'lifetime', () => ({ iat: now_s() + 8, exp: now_s() + 2 })),
  withClaims('nbf in the future', 'nbf-in-future', () => ({ nbf: now_s() + 600 })),
  withClaims('iat in the future', 'iat-in-future', () => ({ iat: now_s() + 600, exp: now_s() + 700 })),
  withClaims('aud an array', 'aud', (kit) => ({ aud: [kit.claims().aud] })),
  withClaims('aud an array with a second service', 'aud', (kit) => ({ aud: [kit.claims().aud, 'urn:andere-dienst'] })),
  withClaims('aud with ours as its beginning', 'aud', (kit) => ({ aud: `${kit.claims().aud}:meer` })),
  withClaims('aud the beginning of ours', 'aud', (kit) => ({ aud: String(kit.claims().aud).slice(0, -1) })),
  withClaims('aud in another case', 'aud', (kit) => ({ aud: String(kit.claims().aud).toUpperCase() })),
  withClaims('iss with a trailing slash', 'iss', (kit) => ({ iss: `${kit.claims().iss}/` })),
  withClaims('iss of another realm', 'iss', (kit) => ({ iss: `${kit.claims().iss}-anders` })),
  withClaims('iss in another case', 'iss', (kit) => ({ iss: String(kit.claims().iss).toUpperCase() })),
  withClaims('token of another region', 'client', () => ({ client_id: 'elders', sub: 'elders', organisatie: 'elders' })),
  withClaims('organisation of another client', 'client', () => ({ organisatie: 'mee-anders' })),
  withClaims('role of another client', 'client', () => ({ rol: 'beheer' })),
  withClaims('role unknown', 'rol', () => ({ rol: 'alles' })),
  withClaims('azp another than client_id', 'azp', () => ({ azp: 'iemand-anders' })),
  withClaims('scope an array', 'scope', (kit) => ({ scope: String(kit.claims().scope).split(' ') })),
  withClaims('scope with a line end', 'scope', () => ({ scope: 'match:lezen\nbeheer' })),
  withClaims('sub an object', 'sub', () => ({ sub: { a: 1 } })),
  withClaims('jti a number', 'jti', () => ({ jti: 7 })),
  withClaims('gemeenten a string', 'gemeenten', () => ({ gemeenten: '1894' })),
  withClaims('gemeenten with a wildcard', 'gemeenten', () => ({ gemeenten: ['*'] })),
  withClaims('cnf without proof', 'scheme', () => ({ cnf: { jkt: 'A'.repeat(43) } })),
  withClaims('cnf of an unknown kind', 'cnf', () => ({ cnf: { kid: 'x' } })),
  withClaims('cnf of a certificate that is not shown', 'certificate', () => ({ cnf: { 'x5t#S256': 'A'.repeat(43) } })),
  withText('claim doubled', 'part-not-an-object', '"organisatie":"mee"'),
  withText('claim doubled, spelled with an escape', 'part-not-an-object', '"organisat\\u0069e":"mee"'),
  withText('member __proto__', 'part-not-an-object', '"__proto__":{"rol":"beheer"}'),
  withText('nested claim doubled', 'part-not-an-object', '"a":{"b":1,"b":2}'),
  withText('nested 1,000 deep', 'part-not-an-object', `"a":${'['.repeat(1000)}${']'.repeat(1000)}`),
  byToken('payload an array', 'part-not-an-object', (kit) => kit.signText('[]')),
  byToken('payload not JSON', 'part-not-an-object', (kit) => kit.signText('geen json')),
  byToken('payload empty', 'malformed', (kit) => kit.signText('')),
]
