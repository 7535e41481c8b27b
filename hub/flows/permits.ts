import type { Hub } from '../context.ts'
import type { RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import type { ConsentDecision } from '../stages/consent/case.ts'
import { decide } from '../stages/consent/decide.ts'
import { policyName } from '../stages/consent/policy.ts'
import { retentionOf } from '../stages/retention/term.ts'
import { aboutOf, type Files, type Recipient } from './files.ts'
import { heardAbout } from './heard.ts'
import { keptFacts } from './kept-facts.ts'

/**
 * May this recipient be told of this registration at this instant? Whose answers count is `heardAbout`'s; what cannot be read is
 * denied.
 */
export function mayTell(hub: Hub, files: Files, seq: number, recipient: Recipient, at: Date): ConsentDecision {
  const row = files.rows.get(seq)
  const content = files.contents.get(seq)
  if (!row || !content) return refusal(hub, 'onleesbaar', 'fout')
  if (row.frozen === 1) return refusal(hub, 'bevroren', 'bezwaar')
  const { persoon, betrokkenheid, geinformeerd } = content.registration
  const { destroyOn } = retentionOf(hub.policy, keptFacts(row, content.registration))
  if (destroyOn !== null && destroyOn <= dayOf(at)) return refusal(hub, 'bewaartermijn', 'vernietigd')
  return decide(hub.policy, {
    peildatum: at.toISOString(),
    persoon,
    ...heardAbout(files, row, recipient, at),
    kader: betrokkenheid.kader ?? null,
    doorbreking: overrideFor(files, row, recipient, at),
    ontvanger: recipient,
    organisatie: row.organisation,
    geinformeerd: (geinformeerd ?? []).flatMap(({ wie, op }) => (op ? [{ wie, op }] : [])),
  })
}

/** What no policy decides: what cannot be read, is frozen by an objection, or is past its term. */
function refusal(hub: Hub, regel: string, grond: string): ConsentDecision {
  return { besluit: 'weigeren', regel, grond, ontbreekt: [], reglement: policyName(hub.policy) }
}

function samePerson(files: Files, row: RegistrationRow, seq: number): boolean {
  const other = files.rows.get(seq)
  return other !== undefined && (other.seq === row.seq || (other.person !== null && other.person === row.person))
}

function overrideFor(files: Files, row: RegistrationRow, recipient: Recipient, at: Date) {
  const now = at.toISOString()
  const standing = files.overrides
    .get(aboutOf(row))
    ?.find(
      (override) =>
        override.organisation === row.organisation &&
        samePerson(files, row, override.registration) &&
        (JSON.parse(override.recipients) as string[]).includes(recipient.id) &&
        override.startsAt <= now &&
        now < override.endsAt &&
        override.verdict !== 'onterecht',
    )
  return standing && { ontvangers: [recipient.id], vanaf: standing.startsAt, tot: standing.endsAt }
}
