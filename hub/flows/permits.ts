import type { Hub } from '../context.ts'
import type { RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import type { ConsentCase, ConsentDecision } from '../stages/consent/case.ts'
import { decide } from '../stages/consent/decide.ts'
import { type Policy, policyName } from '../stages/consent/policy.ts'
import { retentionOf } from '../stages/retention/term.ts'
import type { Content } from './contents.ts'
import type { DossierEntry } from './dossier.ts'
import { aboutOf, type Files, type Recipient } from './files.ts'
import { heardAbout } from './heard.ts'
import { keptFacts } from './kept-facts.ts'

/**
 * May this recipient be told of this registration at this instant? Whose answers count is `heardAbout`'s; what cannot be read, is
 * frozen by an objection, is past its term, or was decided not to be shared, is denied whatever the policy says; but for an override,
 * which goes before a decision not to share.
 */
export function mayTell(hub: Pick<Hub, 'policy'>, files: Files, seq: number, recipient: Recipient, at: Date): ConsentDecision {
  const row = files.rows.get(seq)
  const content = files.contents.get(seq)
  if (!row || !content) return refusal(hub, 'onleesbaar', 'fout')
  const { refused, facts } = standingOf(hub, files, row, content, at)
  if (refused) return refused
  const decision = decide(hub.policy, {
    ...facts,
    ...heardAbout(files, row, recipient, at),
    doorbreking: overrideFor(files, row, recipient, at),
    ontvanger: recipient,
  })
  const permits = decision.besluit === 'toestaan' && decision.grond !== 'doorbreking'
  return permits && isWithheld(files, row, recipient) ? refusal(hub, 'niet-delen', 'besluit-niet-delen') : decision
}

/** What is the same for whoever would be told. */
interface Standing {
  policy: Policy
  at_ms: number
  /** Why nobody is. */
  refused: ConsentDecision | null
  facts: Pick<ConsentCase, 'peildatum' | 'persoon' | 'kader' | 'organisatie' | 'geinformeerd'>
}

/** Found once for each registration of a set of files: the question about every receiver begins with it. */
const standings = new WeakMap<Files, Map<number, Standing>>()

function standingOf(hub: Pick<Hub, 'policy'>, files: Files, row: RegistrationRow, content: Content, at: Date): Standing {
  const known = standings.get(files) ?? new Map<number, Standing>()
  standings.set(files, known)
  const before = known.get(row.seq)
  if (before?.policy === hub.policy && before.at_ms === at.getTime()) return before
  const refused = refusedToAll(hub, row, content, at)
  const made = { policy: hub.policy, at_ms: at.getTime(), refused, facts: factsOf(files, row, content, at) }
  known.set(row.seq, made)
  return made
}

function refusedToAll(hub: Pick<Hub, 'policy'>, row: RegistrationRow, content: Content, at: Date): ConsentDecision | null {
  if (row.frozen === 1) return refusal(hub, 'bevroren', 'bezwaar')
  const { destroyOn } = retentionOf(hub.policy, keptFacts(row, content.registration))
  return destroyOn !== null && destroyOn <= dayOf(at) ? refusal(hub, 'bewaartermijn', 'vernietigd') : null
}

/** The question to the policy about a registration that can be read, but for the recipient and the answers. */
function factsOf(files: Files, row: RegistrationRow, { registration }: Content, at: Date): Standing['facts'] {
  const { persoon, betrokkenheid, geinformeerd } = registration
  const judged = besideOf(files, row).findLast((entry) => entry.kind === 'oordeel' && isOwn(files, row, entry.row))
  return {
    peildatum: at.toISOString(),
    persoon: { ...persoon, ...(judged?.kind === 'oordeel' ? { oordeelsbekwaam: judged.content.oordeelsbekwaam } : {}) },
    kader: betrokkenheid.kader ?? null,
    organisatie: row.organisation,
    geinformeerd: [...(geinformeerd ?? []), ...informedOf(files, row)].flatMap(({ wie, op }) => (op ? [{ wie, op }] : [])),
  }
}

/** What no policy decides. */
function refusal({ policy }: Pick<Hub, 'policy'>, regel: string, grond: string): ConsentDecision {
  return { besluit: 'weigeren', regel, grond, ontbreekt: [], reglement: policyName(policy) }
}

function informedOf(files: Files, row: RegistrationRow) {
  return besideOf(files, row).flatMap((entry) =>
    entry.kind === 'informering' && entry.row.registration === row.seq ? [entry.content] : [],
  )
}

/** What is recorded beside this person's registrations. */
function besideOf(files: Files, row: RegistrationRow): DossierEntry[] {
  return files.dossiers.get(aboutOf(row)) ?? []
}

/** A decision not to share holds for the deciding organisation's registrations of that person, until it is withdrawn. */
function isWithheld(files: Files, row: RegistrationRow, recipient: Recipient): boolean {
  return besideOf(files, row).some(
    (entry) =>
      entry.kind === 'niet-delen' &&
      entry.row.state === 'open' &&
      isOwn(files, row, entry.row) &&
      entry.content.ontvangers.includes(recipient.id),
  )
}

/** Recorded by the registering organisation, at this registration or another of the same person. */
function isOwn(files: Files, row: RegistrationRow, entry: { organisation: string; registration: number }): boolean {
  return entry.organisation === row.organisation && samePerson(files, row, entry.registration)
}

function samePerson(files: Files, row: RegistrationRow, seq: number): boolean {
  const other = files.rows.get(seq)
  return other !== undefined && (other.seq === row.seq || (other.person !== null && other.person === row.person))
}

function overrideFor(files: Files, row: RegistrationRow, recipient: Recipient, at: Date) {
  const overrides = files.overrides.get(aboutOf(row))
  if (!overrides) return undefined
  const now = at.toISOString()
  const standing = overrides.find(
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
