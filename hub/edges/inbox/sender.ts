import { randomBytes } from 'node:crypto'
import type { Adapter } from '../../../adapters/adapter.ts'
import { adapterNamed, adapterNames } from '../../../adapters/registry.ts'
import type { Regio } from '../../../schemas/types.ts'
import { HubError } from '../../errors.ts'
import type { Principal } from '../../principal.ts'
import type { SenderRights } from '../../stages/ingest/check.ts'
import { adaptersFor, rightsOf } from '../../stages/ingest/rights.ts'

/** On whose behalf a file is read, and with which rights. */
export interface Sender {
  principal: Principal
  adapter: Adapter
  rights: SenderRights
}

/** The client that is named, or the only one whose own system this adapter reads. Throws `gebruik`. */
export function findSender(region: Regio, adapterName: string, clientId: string | undefined): Sender {
  const adapter = adapterNamed(adapterName)
  if (!adapter) throw wrong(`Onbekende adapter. Kies uit: ${adapterNames.join(', ')}.`)
  const organisationOf = (client: Regio['clients'][number]) => region.organisaties.find(({ id }) => id === client.organisatie)
  const owners = region.clients.filter((client) => organisationOf(client)?.eigenAdapter === adapterName)
  const client =
    clientId === undefined ? (owners.length === 1 ? owners[0] : undefined) : region.clients.find(({ id }) => id === clientId)
  if (!client) throw wrong(`Geef met --client namens wie. Kies uit: ${region.clients.map(({ id }) => id).join(', ')}.`)
  return senderOf(region, client.id, adapterName, 'commando')
}

/** A client with an adapter that its organisation may use; `origin` is how its files come in. Throws `gebruik`. */
export function senderOf(region: Regio, clientId: string, adapterName: string, origin: string): Sender {
  const adapter = adapterNamed(adapterName)
  const client = region.clients.find(({ id }) => id === clientId)
  if (!adapter || !client) throw wrong(`Onbekende ${adapter ? 'client' : 'adapter'}.`)
  const allowed = adaptersFor(region, client.id)
  if (!allowed.includes(adapterName))
    throw wrong(`${client.id} mag de adapter ${adapterName} niet gebruiken; wel: ${allowed.join(', ') || 'geen'}.`)
  const principal: Principal = {
    client: client.id,
    subject: client.id,
    organisation: client.organisatie,
    role: client.rol,
    municipalities: client.gemeenten,
    scopes: new Set(client.scopes),
    traceId: randomBytes(16).toString('hex'),
    origin,
  }
  return { principal, adapter, rights: rightsOf(region, client.organisatie) }
}

function wrong(detail: string): HubError {
  return new HubError('gebruik', { detail })
}
