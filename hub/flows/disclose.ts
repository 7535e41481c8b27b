import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { DisclosureRow } from '../rows.ts'
import { digestOf } from '../stages/alert/announce.ts'
import type { View } from '../stages/alert/view.ts'
import type { AuditLine } from '../stages/audit/line.ts'
import { hubLine, NO_TRACE } from '../stages/audit/line-of.ts'
import { addDays, dayOf } from '../stages/calendar.ts'
import { traceOf } from './event-of.ts'
import type { Files } from './files.ts'
import { mayTell } from './permits.ts'
import type { Receiver } from './receivers.ts'
import { municipalityOf, toldSeqs, toldSides } from './told.ts'

/** One thing to tell one receiver: what it may see now (null: no longer anything), and what it was told before (null: nothing). */
interface Telling {
  /** The match that the view is part of. */
  match: string | null
  receiver: Receiver
  before: DisclosureRow | null
  view: View | null
  state: string
  files: Files
}

/** Writes what a receiver is told; answers it with the line for the access log, which its caller writes in the same transaction. */
export async function disclose(hub: Hub, tx: Tx, telling: Telling): Promise<{ row: DisclosureRow; line: AuditLine }> {
  const { before } = telling
  const row = before ? changed(hub, before, telling) : await firstTold(hub, tx, telling)
  if (before) await tx.matches.updateDisclosure(row)
  else await tx.matches.insertDisclosure(row)
  return { row, line: hubLine(lineFor(hub, row, telling)) }
}

function changed(hub: Hub, before: DisclosureRow, { match, view, receiver, state }: Telling): DisclosureRow {
  const closedAt = state === 'open' ? null : hub.clock.domain().toISOString()
  return { ...before, ...(view ? shownIn(hub, view, receiver) : {}), match: match ?? before.match, state, closedAt }
}

function shownIn(hub: Hub, view: View, receiver: Receiver) {
  return {
    own: JSON.stringify(view.own.map((side) => side.seq)),
    others: JSON.stringify(view.others.map((side) => side.seq)),
    digest: digestOf(view),
    municipality: municipalityOf(hub, view, receiver),
  }
}

async function firstTold(hub: Hub, tx: Tx, { match, view, receiver, state }: Telling): Promise<DisclosureRow> {
  if (!match || !view) throw new HubError('interne-fout', { cause: 'a first telling without anything to tell' })
  const now = hub.clock.domain()
  return {
    ...shownIn(hub, view, receiver),
    id: await idTowards(hub, tx, match, view, receiver),
    match,
    receiver: receiver.id,
    number: await tx.matches.nextNumber(receiver.id),
    state,
    kind: view.kind,
    followed: 0,
    openedAt: now.toISOString(),
    closedAt: null,
    dueOn: addDays(dayOf(now), hub.contactDays),
    overdueTold: 0,
  }
}

/**
 * Who sees the same speaks of it by the same id; an id that this receiver had before is never used again, or its list would show
 * that a match went on while it saw nothing.
 */
async function idTowards(hub: Hub, tx: Tx, match: string, view: View, receiver: Receiver): Promise<string> {
  const seqs = new Set([...view.own, ...view.others].map((side) => side.seq))
  const others = (await tx.matches.disclosuresOf([match]))
    .filter((row) => row.state === 'open' && toldSeqs(row).filter((seq) => seqs.has(seq)).length >= 2)
    .sort((a, b) => (a.receiver < b.receiver ? -1 : 1))
  for (const { id } of others) if (!(await tx.matches.disclosure(receiver.id, id))) return id
  return hub.ids.timeless('m')
}

function lineFor(hub: Hub, row: DisclosureRow, { view, receiver, files }: Telling) {
  const person = toldSeqs(row)
    .map((seq) => files.rows.get(seq)?.person)
    .find((id) => id)
  const shown = view ? toldSides(row).others[0] : undefined
  const decision = shown === undefined ? null : mayTell(hub, files, shown, receiver, hub.clock.domain())
  return {
    actie: 'exporteren' as const,
    uitkomst: 'toegestaan' as const,
    object: row.id,
    organisatie: row.receiver,
    persoon: person ?? null,
    grond: decision ? { reglement: decision.reglement, regel: decision.regel } : null,
    controles: `signaal,${row.state}`,
    traceId: traceOf(hub, toldSeqs(row)) ?? NO_TRACE,
  }
}
