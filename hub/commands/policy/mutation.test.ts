import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { policyPath, readPolicy } from '../../edges/policies.ts'
import type { Boundary, Policy, Rule } from '../../stages/consent/policy.ts'
import { differenceOf } from './difference.ts'
import { readCaseLine } from './read-line.ts'

type Mutation = { what: string; policy: Policy }
type Side = 'vanaf' | 'tot'

const EFFECTS: Rule['effect'][] = ['toestaan', 'weigeren', 'toestemming']

for (const id of ['peel-en-maas-1g1p', 'ouders-12-16', 'jeugdwet-7.3', 'jeugdwet-7.1', 'venray']) {
  const policy = readPolicy(id)
  const lines = readFileSync(policyPath(id).replace('.json', '.gevallen.ndjson'), 'utf8').trimEnd().split('\n').map(readCaseLine)
  const mutations = [
    ...effects(policy),
    ...omissions(policy),
    ...boundaries(policy),
    ...singleBounds(policy),
    ...listeners(policy),
    ...choices(policy),
  ]
  describe(`policy mutations: ${id}, ${mutations.length} on ${lines.length} cases`, () => {
    for (const { what, policy: mutant } of mutations) {
      it(`${what} makes a case fail`, () => {
        expect(lines.some((line) => differenceOf(line, () => mutant) !== null)).to.equal(true)
      })
    }
  })
}

/** Each rule with every other effect. */
function effects(policy: Policy): Mutation[] {
  return policy.regels.flatMap((rule, at) =>
    EFFECTS.filter((effect) => effect !== rule.effect).map((effect) => {
      const wie = effect === 'toestemming' ? (['jeugdige'] as const) : []
      return { what: `${rule.id}: ${effect}`, policy: withRule(policy, at, { ...rule, effect, wie }) }
    }),
  )
}

function omissions(policy: Policy): Mutation[] {
  return policy.regels.map((rule) => ({
    what: `without ${rule.id}`,
    policy: { ...policy, regels: policy.regels.filter((other) => other !== rule) },
  }))
}

/** Each birthday moved by a day, for all rules that turn on it. */
function boundaries(policy: Policy): Mutation[] {
  const years = new Set(policy.regels.flatMap((rule) => (['vanaf', 'tot'] as const).map((side) => rule.als?.leeftijd?.[side])))
  return [...years]
    .filter((boundary) => boundary !== undefined)
    .flatMap((boundary) =>
      [-1, 1].map((dagen) => ({
        what: `birthday ${boundary} moved by ${dagen} day`,
        policy: {
          ...policy,
          regels: policy.regels.map((rule) => moved(moved(rule, 'vanaf', boundary, dagen), 'tot', boundary, dagen)),
        },
      })),
    )
}

/** Each bound of each rule moved by itself; a start moved back is left out where an earlier rule ends there, for that one goes first. */
function singleBounds(policy: Policy): Mutation[] {
  return policy.regels.flatMap((rule, at) =>
    (['vanaf', 'tot'] as const).flatMap((side) => {
      const boundary = rule.als?.leeftijd?.[side]
      if (boundary === undefined) return []
      const hidden = side === 'vanaf' && policy.regels.slice(0, at).some(({ als }) => als?.leeftijd?.tot === boundary)
      return (hidden ? [1] : [-1, 1]).map((dagen) => ({
        what: `${rule.id}: ${side} moved by ${dagen} day`,
        policy: withRule(policy, at, moved(rule, side, boundary, dagen)),
      }))
    }),
  )
}

/** Each rule with one of those who are heard left out, or one more heard. */
function listeners(policy: Policy): Mutation[] {
  return policy.regels.flatMap((rule, at) => {
    if (rule.effect !== 'toestemming') return []
    return (['jeugdige', 'gezagsdragers'] as const).map((who) => {
      const wie = rule.wie!.includes(who) ? rule.wie!.filter((other) => other !== who) : [...rule.wie!, who]
      return { what: `${rule.id}: ${wie.includes(who) ? 'also' : 'not'} ${who}`, policy: withRule(policy, at, { ...rule, wie }) }
    })
  })
}

/** What a policy chooses beside its rules; only where it chooses something. */
function choices(policy: Policy): Mutation[] {
  const { vorm, toestaanTenzijNee: unless, doorbreking } = policy
  const mutations: Mutation[] = [{ what: 'no role counts as adult', policy: { ...policy, volwassenBijOnbekendeLeeftijd: [] } }]
  if (Object.keys(vorm.organisaties).length > 0) {
    mutations.push({ what: 'every form counts', policy: { ...policy, vorm: { ...vorm, organisaties: {} } } })
  }
  if (unless.soorten.length > 0) {
    mutations.push({ what: 'nobody told unless a no', policy: { ...policy, toestaanTenzijNee: { ...unless, soorten: [] } } })
    mutations.push({
      what: 'told without informing',
      policy: { ...policy, toestaanTenzijNee: { ...unless, naInformeren: false } },
    })
  }
  if (policy.id !== 'peel-en-maas-1g1p') return mutations
  const hours = (uren: number) => ({
    what: `override of ${uren} hours`,
    policy: { ...policy, doorbreking: { ...doorbreking, uren } },
  })
  return [...mutations, hours(doorbreking.uren - 1), hours(doorbreking.uren + 1)]
}

function withRule(policy: Policy, at: number, rule: Rule): Policy {
  return { ...policy, regels: policy.regels.with(at, rule) }
}

function moved(rule: Rule, side: Side, boundary: Boundary, dagen: number): Rule {
  if (rule.als?.leeftijd?.[side] !== boundary || typeof boundary !== 'number') return rule
  return { ...rule, als: { ...rule.als, leeftijd: { ...rule.als.leeftijd, [side]: { jaren: boundary, dagen } } } }
}
