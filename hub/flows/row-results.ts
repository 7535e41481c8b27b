import type { RowOutcome as ResultRow } from '../../adapters/adapter.ts'
import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import { livesIn } from '../stages/coordination/residence.ts'
import { pointFor } from '../stages/coordination/routing.ts'
import { type Files, loadOwnFiles } from './files.ts'
import type { RowOutcome } from './import-rows.ts'
import { informingStates } from './inform.ts'
import { mayTell } from './permits.ts'

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
  return outcomes.map(({ regel, bronbericht, uitkomst, fouten, receipt, concept }) => ({
    regel: regel ?? 0,
    bronbericht: bronbericht ?? '',
    uitkomst,
    fouten,
    ...(concept === undefined ? {} : { concept }),
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
  const informing = await informingStates(hub, tx, rows)
  return rows.map((row) => {
    const open = (informing.get(row.seq) ?? []).filter(({ stand }) => stand === 'openstaand' || stand === 'verlopen')
    return [row.id, { ontbreekt: missingConsents(hub, files, row), informeren: open.map(({ wie }) => wie) }]
  })
}

/** Whose answer is missing before the coordination point may be told; the others are asked of the policy in the same way. */
function missingConsents(hub: Hub, files: Files, row: RegistrationRow): string[] {
  const point = { id: pointFor(hub.region, livesIn(row)) ?? 'coordinatiepunt', soort: 'coordinatiepunt' }
  return [...mayTell(hub, files, row.seq, point, hub.clock.domain()).ontbreekt]
}
