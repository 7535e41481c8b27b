import type { RowOutcome as ResultRow } from '../../adapters/adapter.ts'
import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import { stillToInform } from '../stages/consent/informing.ts'
import { type Files, loadOwnFiles } from './files.ts'
import type { RowOutcome } from './import-rows.ts'
import { mayTell } from './permits.ts'
import { pointFor } from './receivers.ts'

const CHUNK = 200

/**
 * What the senders of a file are told of each row: what became of it, and for what was taken in whose consent is missing now and who is
 * still to be told; nothing of that without a hub. Only what the organisation itself registered and recorded is looked at.
 */
export async function resultRows(
  hub: Hub | null,
  organisation: string,
  outcomes: (Omit<RowOutcome, 'uitkomst'> & { uitkomst: string })[],
): Promise<ResultRow[]> {
  const open = new Map<string, Open>()
  const ids = hub === null ? [] : [...new Set(outcomes.flatMap(({ receipt }) => receipt?.id ?? []))]
  for (let at = 0; at < ids.length; at += CHUNK)
    await hub?.store.read(async (tx) => {
      for (const [id, found] of await openPoints(hub, tx, organisation, ids.slice(at, at + CHUNK))) open.set(id, found)
    })
  return outcomes.map(({ regel, bronbericht, uitkomst, fouten, receipt }) => ({
    regel: regel ?? 0,
    bronbericht: bronbericht ?? '',
    uitkomst,
    fouten,
    ...(receipt ? open.get(receipt.id) : undefined),
  }))
}

interface Open {
  ontbreekt: string[]
  informeren: string[]
}

async function openPoints(hub: Hub, tx: Tx, organisation: string, ids: string[]): Promise<[string, Open][]> {
  const rows = (await tx.registrations.byIds(ids)).filter((row) => row.organisation === organisation)
  const files = await loadOwnFiles(hub, tx, organisation, rows)
  return rows.map((row) => [row.id, openPointsOf(hub, files, row)])
}

function openPointsOf(hub: Hub, files: Files, row: RegistrationRow): Open {
  const registration = files.contents.get(row.seq)?.registration
  const now = hub.clock.domain()
  if (!registration) return { ontbreekt: [], informeren: [] }
  return { ontbreekt: missingConsents(hub, files, row, now), informeren: stillToInform(registration, dayOf(now)) }
}

/** Whose answer is missing before the coordination point may be told; the others are asked of the policy in the same way. */
function missingConsents(hub: Hub, files: Files, row: RegistrationRow, now: Date): string[] {
  const point = { id: pointFor(hub.region, row.municipality) ?? 'coordinatiepunt', soort: 'coordinatiepunt' }
  return [...mayTell(hub, files, row.seq, point, now).ontbreekt]
}
