import type { Hub } from '../../context.ts'
import type { LifeEventRow } from '../../rows.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import { isTemporary } from '../processed.ts'
import type { Waiting } from './accept-events.ts'
import { isBorn } from './birth.ts'
import { died } from './death.ts'
import { move } from './move.ts'
import { hasParents } from './parents.ts'

const EFFECTS = { verhuizing: move, overlijden: died, geboorte: isBorn, ouders: hasParents }

/**
 * Takes what municipalities told, in the order in which it came: whoever is known to the index is acted upon, and of everyone else nothing
 * stays. A crash in between leaves the event waiting, and taking it again does nothing twice. Answers how many were taken.
 */
export async function takeEvents(hub: Hub, limit: number): Promise<number> {
  if ((await next(hub, 1)).length === 0) return 0
  const taken = await hub.shares.asOnly('levensloop', async (store) => {
    const waiting = await next(hub, limit)
    for (const row of waiting) await takeOne({ ...hub, store }, row)
    return waiting.length
  })
  await hub.store.scrub()
  return taken ?? 0
}

/** None while anything waits to be linked: another hub may have it in hand. */
function next(hub: Hub, limit: number): Promise<LifeEventRow[]> {
  return hub.store.read(async (tx) => ((await tx.registrations.waiting(1)).length > 0 ? [] : tx.lifeEvents.oldest(limit)))
}

async function takeOne(hub: Hub, row: LifeEventRow): Promise<void> {
  const waiting = JSON.parse(hub.keys.vault.unseal(row.sealed, row.id)) as Waiting
  try {
    await EFFECTS[waiting.event.soort](hub, waiting)
    await hub.store.write((tx) => tx.lifeEvents.remove(row.id))
  } catch (error) {
    if (isTemporary(error)) throw error
    await setAside(hub, row, waiting, error)
  }
}

/** An event on which the hub itself fails goes to quarantine, sealed, so that it holds no other up and can be given again. */
async function setAside(hub: Hub, row: LifeEventRow, { event, teller }: Waiting, error: unknown): Promise<void> {
  const kind = error instanceof Error ? error.name : 'onbekend'
  const fault = faultOf('', 'mislukt', 'De verwijsindex kon deze gebeurtenis niet verwerken.', 'Meld dit aan de beheerder.')
  await hub.store.write(async (tx) => {
    if (!(await tx.lifeEvents.remove(row.id))) return
    const id = hub.ids.next('q')
    const sealed = hub.keys.vault.seal(JSON.stringify({ bronbericht: null, bron: JSON.stringify(event) }), id)
    const receivedAt = hub.clock.domain().toISOString()
    await tx.imports.quarantine([
      { id, client: row.client, source: 'brp', row: null, faults: JSON.stringify([fault]), sealed, receivedAt },
    ])
    const facts = { actie: 'wijzigen', uitkomst: 'mislukt', object: row.id, controles: `brp,${kind}` } as const
    await tx.log.append([lineOf({ ...teller, scopes: new Set() }, facts)], hub.clock.real())
  })
}
