import { expect } from 'chai'
import { demoProviderKey } from '../edges/auth/demo-keys.ts'
import { type Attack, type AttackKit, byToken, createKit } from '../edges/auth/testing/attack.ts'
import { CLAIM_ATTACKS } from '../edges/auth/testing/claim-attacks.ts'
import { HEADER_ATTACKS } from '../edges/auth/testing/header-attacks.ts'
import { sendAttack } from '../edges/auth/testing/send-attack.ts'
import { SIGNATURE_ATTACKS } from '../edges/auth/testing/signature-attacks.ts'
import { TRANSPORT_ATTACKS } from '../edges/auth/testing/transport-attacks.ts'
import { expectDocumented, type Outcome, refusedOnce } from '../testing/attack-outcome.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'

const now_s = () => Math.floor(Date.now() / 1000)

const CLOCK_ATTACKS: Attack[] = [
  byToken('a fresh token of an issuer whose clock is ten minutes ahead', 'iat-in-future', (kit) =>
    kit.sign({ iat: now_s() + 600, exp: now_s() + 1500 }),
  ),
  byToken('a token for five minutes of an issuer whose clock is ten minutes behind', 'expired', (kit) =>
    kit.sign({ iat: now_s() - 600, exp: now_s() - 300 }),
  ),
  byToken('a token that ended eleven seconds ago', 'expired', (kit) => kit.sign({ iat: now_s() - 300, exp: now_s() - 11 })),
]

/** A good token that does not say what is asked: 403. */
const SCOPE_ATTACKS: Attack[] = [
  byToken('no scope', '', (kit) => kit.sign({ scope: undefined })),
  byToken('empty scope', '', (kit) => kit.sign({ scope: '' })),
  byToken('another scope', '', (kit) => kit.sign({ scope: 'registratie:schrijven' })),
  byToken('scope in another case', '', (kit) => kit.sign({ scope: 'MATCH:LEZEN' })),
  byToken('scope with ours as its beginning', '', (kit) => kit.sign({ scope: 'match:lezen:alles' })),
  byToken('the beginning of ours', '', (kit) => kit.sign({ scope: 'match' })),
  byToken('a scope that the region does not give this client', '', (kit) => kit.sign({ scope: 'beheer logregel:lezen' })),
  byToken('a wildcard', '', (kit) => kit.sign({ scope: 'match:* *' })),
  byToken('scope under the name of another claim', '', (kit) => kit.sign({ scope: undefined, scp: ['match:lezen'] })),
]

const KINDS: [string, 401 | 403, Attack[]][] = [
  ['signature', 401, SIGNATURE_ATTACKS],
  ['header', 401, HEADER_ATTACKS],
  ['claims', 401, CLAIM_ATTACKS],
  ['transport', 401, TRANSPORT_ATTACKS],
  ['clock', 401, CLOCK_ATTACKS],
  ['scope', 403, SCOPE_ATTACKS],
]

describe('attacks on tokens, against a running hub', () => {
  let test: TestHub
  let kit: AttackKit
  let url: string
  before(async () => {
    test = await startTestHub()
    url = `${test.baseUrl}/v1/matches`
    const key = await demoProviderKey(test.config.keysDir)
    const issuer = `${test.baseUrl}/oidc`
    kit = createKit({ key, issuer, audience: test.config.audience, client: 'mee', scope: 'match:lezen' })
  })
  after(() => test.stop())

  it('the token that every attack starts from is a good one', async () => {
    const good = { name: '', reason: '', send: async () => ({ headers: { authorization: `Bearer ${await kit.sign()}` } }) }
    expect((await sendAttack(good, kit, url)).status).to.equal(200)
  })

  for (const [kind, status, attacks] of KINDS)
    describe(`refuses, with one problem and one line in the log (${kind})`, () => {
      const outcomes: Outcome[] = []
      for (const attack of attacks)
        it(attack.name, async () => {
          outcomes.push(await refusedOnce(test, attack.name, () => sendAttack(attack, kit, url), status))
        })
      it('as docs/security.md tells', () => expectDocumented(kind, outcomes, process.env.UPDATE_DOCS === '1'))
    })
})
