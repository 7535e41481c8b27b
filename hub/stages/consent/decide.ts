import { HubError } from '../../errors.ts'
import { possibleSegments } from './age.ts'
import { type Answer, answerOf, type Question } from './answers.ts'
import type { ConsentCase, ConsentDecision } from './case.ts'
import { type CompiledPolicy, compiled } from './compile.ts'
import { type Moment, momentOf } from './moment.ts'
import { overrideRuns_ms } from './override.ts'
import type { Consenter, Policy, Rule } from './policy.ts'

/**
 * May this recipient be told? Pure and deterministic; never throws: what cannot be judged is refused with rule `fout`. When the
 * birth date leaves several ages possible, every one of them must permit.
 */
export function decide(policy: Policy, kase: ConsentCase): ConsentDecision {
  const ready = compiled(policy)
  try {
    return judge(ready, kase)
  } catch {
    return { besluit: 'weigeren', regel: 'fout', grond: 'fout', ontbreekt: [], reglement: ready.reglement }
  }
}

interface Facts {
  readonly policy: CompiledPolicy
  readonly kase: ConsentCase
  readonly question: Question
  readonly aboutMember: boolean
  readonly override: boolean
}

function judge(policy: CompiledPolicy, kase: ConsentCase): ConsentDecision {
  const moment = momentOf(kase.peildatum)
  const over = kase.over || 'jeugdige'
  const facts: Facts = {
    policy,
    kase,
    question: { over, recipient: kase.ontvanger, moment, forms: policy.formsOf(kase.organisatie) },
    aboutMember: over !== 'jeugdige',
    override: hasOverride(policy, kase, moment),
  }
  const { low, high } = possibleSegments(policy, kase.persoon, moment.day)
  const first = judgeAt(low, facts)
  return low === high ? first : safest(first, low + 1, high, facts)
}

/** Every possible age must permit: the first that does not decides, and what is missing for any of them is missing. */
function safest(youngest: ConsentDecision, from: number, to: number, facts: Facts): ConsentDecision {
  const readings = [youngest]
  for (let segment = from; segment <= to; segment++) readings.push(judgeAt(segment, facts))
  const refusal = readings.find(({ besluit }) => besluit === 'weigeren')
  const chosen = refusal ?? youngest
  if (readings.every(({ regel }) => regel === chosen.regel)) return chosen
  const missing = new Set(readings.flatMap(({ ontbreekt }) => ontbreekt))
  const ontbreekt = missing.delete('jeugdige') ? ['jeugdige', ...missing] : [...missing]
  return { ...chosen, ontbreekt, aanname: 'veiligste-leeftijd' }
}

function judgeAt(segment: number, facts: Facts): ConsentDecision {
  const { reglement, rulesOf } = facts.policy
  for (const rule of rulesOf[segment]!) if (applies(rule, facts)) return outcome(rule, facts)
  return { besluit: 'weigeren', regel: 'geen-regel', grond: 'geen-regel', ontbreekt: [], reglement }
}

function applies({ als }: Rule, { kase, aboutMember, override }: Facts): boolean {
  if (!als) return true
  return (
    (als.over === undefined || (als.over === 'gezinslid') === aboutMember) &&
    (als.doorbreking === undefined || override) &&
    (als.rollen === undefined || als.rollen.includes(kase.persoon.rolInGezin ?? 'jeugdige')) &&
    (als.kader === undefined || als.kader.includes(kase.kader ?? 'vrijwillig')) &&
    (als.soorten === undefined || als.soorten.includes(kase.ontvanger.soort)) &&
    (als.organisaties === undefined || als.organisaties.includes(kase.ontvanger.id)) &&
    (als.oordeelsbekwaam === undefined || als.oordeelsbekwaam === (kase.persoon.oordeelsbekwaam ?? true))
  )
}

function outcome(rule: Rule, facts: Facts): ConsentDecision {
  const { id: regel, grond, effect } = rule
  const { reglement } = facts.policy
  if (effect === 'toestaan') return { besluit: 'toestaan', regel, grond, ontbreekt: [], reglement }
  if (effect === 'weigeren') return { besluit: 'weigeren', regel, grond, ontbreekt: [], reglement }
  const { refused, ontbreekt } = hear(rule.wie ?? [], facts)
  if (refused) return { besluit: 'weigeren', regel, grond: 'nee', ontbreekt, reglement }
  if (ontbreekt.length === 0) return { besluit: 'toestaan', regel, grond, ontbreekt, reglement }
  if (toldUnlessNo(rule, facts)) return { besluit: 'toestaan', regel, grond: 'tenzij-nee', ontbreekt: [], reglement }
  return { besluit: 'weigeren', regel, grond: 'toestemming-ontbreekt', ontbreekt, reglement }
}

/** Hears those who must consent, and nobody else. A guardian of unknown custody must consent, but no answer of theirs can count yet. */
function hear(wie: readonly Consenter[], { kase, question }: Facts): { refused: boolean; ontbreekt: string[] } {
  const ontbreekt: string[] = []
  let refused = false
  const take = (who: string, answer: Answer) => {
    if (answer === 'nee') refused = true
    else if (answer === 'ontbreekt' && !ontbreekt.includes(who)) ontbreekt.push(who)
  }
  if (wie.includes('jeugdige')) take('jeugdige', answerOf('jeugdige', kase.toestemmingen, question))
  if (wie.includes('gezinslid')) take(question.over, answerOf(question.over, kase.toestemmingen, question))
  if (wie.includes('gezagsdragers')) {
    let guardians = 0
    for (const { kenmerk, gezag } of kase.gezagsdragers) {
      if (kenmerk === 'jeugdige')
        throw new HubError('ongeldige-invoer', { detail: 'Een gezagsdrager kan niet “jeugdige” heten.' })
      if (gezag === 'nee') continue
      guardians += 1
      take(kenmerk, gezag === 'ja' ? answerOf(kenmerk, kase.toestemmingen, question) : 'ontbreekt')
    }
    if (guardians === 0) take('gezagsdrager', 'ontbreekt')
  }
  return { refused, ontbreekt }
}

/**
 * Silence is enough for a recipient who is told unless there is a no, once all who are heard have been informed. Where custody is
 * unknown, a no blocks here: it may be a guardian's.
 */
function toldUnlessNo(rule: Rule, { policy, kase, question }: Facts): boolean {
  const { organisations, kinds, afterInforming } = policy.toldUnlessNo
  const { recipient, moment, over } = question
  if (!organisations.has(recipient.id) && !kinds.has(recipient.soort)) return false
  const guardians = kase.gezagsdragers.filter(({ gezag }) => gezag !== 'nee').map(({ kenmerk }) => kenmerk)
  if (rule.wie!.includes('gezagsdragers') && guardians.length === 0) return false
  const heard = rule.wie!.flatMap((who) => (who === 'gezagsdragers' ? guardians : [who === 'gezinslid' ? over : 'jeugdige']))
  const informed = (who: string) =>
    (kase.geinformeerd ?? []).some(({ wie, op }) => wie === who && momentOf(op).from_ms <= moment.from_ms)
  return heard.every((who) => answerOf(who, kase.toestemmingen, question) !== 'nee' && (!afterInforming || informed(who)))
}

function hasOverride(policy: CompiledPolicy, { doorbreking, ontvanger }: ConsentCase, moment: Moment): boolean {
  if (!doorbreking?.ontvangers.includes(ontvanger.id)) return false
  const { from, until } = overrideRuns_ms(doorbreking, policy.overrideHours)
  return from <= moment.from_ms && until > moment.to_ms
}
