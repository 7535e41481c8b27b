import { expect } from 'chai'
import peelEnMaas from '../../../schemas/policies/peel-en-maas-1g1p.json' with { type: 'json' }
import { HubError } from '../../errors.ts'
import { parsePolicy } from './parse-policy.ts'
import { policyName } from './policy.ts'

/** The default policy with one thing other than it is. */
function changed(change: (policy: typeof peelEnMaas) => void): unknown {
  const copy = structuredClone(peelEnMaas)
  change(copy)
  return copy
}

function codesOf(json: unknown): string[] {
  try {
    parsePolicy(json)
    return []
  } catch (error) {
    expect(error).to.be.instanceOf(HubError)
    expect((error as HubError).code).to.equal('configuratie')
    return (error as HubError).faults.map(({ pointer }) => pointer)
  }
}

describe('consent: reading a policy', () => {
  it('names a policy by id and version', () => {
    expect(policyName(parsePolicy(peelEnMaas))).to.equal('peel-en-maas-1g1p@1')
  })

  it('refuses what the schema does not know, with every fault', () => {
    const faulty = changed((policy) => {
      policy.versie = 0
      policy.signaalroute = 'anders'
      policy.regels[0]!.effect = 'misschien'
    })
    expect(codesOf(faulty)).to.have.members(['/versie', '/signaalroute', '/regels/0/effect'])
    expect(codesOf(null)).to.deep.equal([''])
  })

  it('refuses a rule without its source, and a rule that hears nobody', () => {
    expect(codesOf(changed((policy) => Reflect.deleteProperty(policy.regels[0]!, 'bron')))).to.deep.equal(['/regels/0/bron'])
    expect(codesOf(changed((policy) => Reflect.set(policy.regels[4]!, 'wie', [])))).to.deep.equal(['/regels/4/wie'])
  })

  it('refuses two rules with one id and an age band that is empty', () => {
    const faulty = changed((policy) => {
      policy.regels[1]!.id = policy.regels[0]!.id
      Reflect.set(policy.regels[5]!, 'als', { leeftijd: { vanaf: 16, tot: 12 } })
    })
    expect(codesOf(faulty)).to.deep.equal(['/regels/1/id', '/regels/5/als/leeftijd'])
  })

  it('does not let waiting lists of a closed involvement count', () => {
    expect(codesOf(changed((policy) => Reflect.set(policy.match.statussen, 'afgesloten', true)))).to.deep.equal([
      '/match/statussen/afgesloten',
    ])
  })
})
