import { randomBytes } from 'node:crypto'
import type { Abonnement, AbonnementLijst, LopendAbonnement, NieuwAbonnement } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Principal } from '../principal.ts'
import type { SubscriptionRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import type { Answer } from './answer.ts'
import { idAfter, pageOf } from './cursor.ts'
import { neverReceives } from './public-address.ts'

const SECRET_BYTES = 32

/** Subscribes an address to the asker's feed; the signing secret is told this once and kept sealed. */
export async function subscribe(hub: Hub, principal: Principal, body: Abonnement): Promise<NieuwAbonnement> {
  refuseAddress(hub, body.url)
  const id = hub.ids.next('a')
  const geheim = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
  const row: SubscriptionRow = {
    id,
    client: principal.client,
    organisation: principal.organisation,
    url: body.url,
    types: JSON.stringify(body.typen ?? []),
    sealedSecret: hub.keys.vault.seal(geheim, id),
    state: 'actief',
    createdAt: hub.clock.real().toISOString(),
  }
  await hub.store.write(async (tx) => {
    await tx.webhooks.insertSubscription(row)
    await tx.log.append([lineOf(principal, { actie: 'aanmaken', uitkomst: 'toegestaan', object: id })], hub.clock.real())
  })
  return { ...shown(row), geheim }
}

/** Plain http and this machine only in the demo, no private address anywhere; where a name leads is looked at at each delivery. */
function refuseAddress(hub: Hub, address: string): void {
  const url = URL.parse(address)
  const allowed = url && (url.protocol === 'https:' || (hub.demo && url.protocol === 'http:')) && !url.username && !url.password
  if (allowed && !neverReceives(url.hostname, hub.demo)) return
  const watNu = 'Gebruik een openbaar https-adres zonder gebruikersnaam of wachtwoord.'
  throw new HubError('ongeldige-invoer', { faults: [faultOf('/url', 'url', 'Dit adres kan geen berichten ontvangen.', watNu)] })
}

export function lookSubscriptions(
  hub: Hub,
  principal: Principal,
  query: { cursor?: string; limiet: number },
): Promise<Answer<AbonnementLijst>> {
  const after = idAfter(query.cursor)
  return hub.store.read(async (tx) => {
    const all = await tx.webhooks.listSubscriptions(principal.organisation)
    const later = all.filter((row) => row.state !== 'beeindigd' && row.id > after)
    const { rows, next } = pageOf(later, query.limiet, (row) => row.id)
    const abonnementen = rows.map((row): LopendAbonnement => ({ ...shown(row), status: row.state as LopendAbonnement['status'] }))
    return {
      body: { abonnementen, ...(next ? { volgende: next } : {}) },
      lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: 'abonnementen' })],
    }
  })
}

function shown({ id, url, types, createdAt }: SubscriptionRow) {
  return { id, url, typen: JSON.parse(types), aangemaaktOp: createdAt }
}

export async function endSubscription(hub: Hub, principal: Principal, id: string): Promise<void> {
  await hub.store.write(async (tx) => {
    if (!(await tx.webhooks.setSubscriptionState(id, principal.organisation, 'beeindigd'))) throw new HubError('niet-gevonden')
    await tx.log.append([lineOf(principal, { actie: 'verwijderen', uitkomst: 'toegestaan', object: id })], hub.clock.real())
  })
}
