import { expect } from 'chai'
import { demoProviderKey } from '../edges/auth/demo-keys.ts'
import { type AttackKit, createKit } from '../edges/auth/testing/attack.ts'
import { CLAIM_ATTACKS } from '../edges/auth/testing/claim-attacks.ts'
import { HEADER_ATTACKS } from '../edges/auth/testing/header-attacks.ts'
import { sendAttack } from '../edges/auth/testing/send-attack.ts'
import { SIGNATURE_ATTACKS } from '../edges/auth/testing/signature-attacks.ts'
import { TRANSPORT_ATTACKS } from '../edges/auth/testing/transport-attacks.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'

const ATTACKS = [...SIGNATURE_ATTACKS, ...HEADER_ATTACKS, ...CLAIM_ATTACKS, ...TRANSPORT_ATTACKS]

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

  for (const attack of ATTACKS)
    it(`refused with the one problem and one line in the log: ${attack.name}`, async () => {
      const before = await test.hub.accessLog.size()
      const { status, headers, body } = await sendAttack(attack, kit, url)
      expect(status).to.equal(401)
      expect(headers['content-type']).to.match(/^application\/problem\+json/)
      expect(JSON.parse(body)).to.deep.equal({
        type: 'urn:verwijsindex:fout:token-ongeldig',
        title: 'Geen geldig token',
        status: 401,
        detail: 'Het toegangstoken ontbreekt of is niet geldig. Vraag een nieuw token aan bij de identiteitsdienst.',
        instance: 'urn:verwijsindex:bewerking:matchesOpvragen',
      })
      expect(await test.hub.accessLog.size()).to.equal(before + 1)
    })
})
