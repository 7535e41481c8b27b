import type { Role } from '../../principal.ts'
import type { RegionClient } from './region-client.ts'

/** On whose behalf a token speaks. */
export interface Party {
  client: string
  organisation: string
  role: Role
}

/** Whether the region lets this party in; asked at every request, so that a client that was withdrawn is out at once. */
export type Admits = (party: Party) => boolean

/** Systems: the client is listed, and speaks for the organisation and in the role that are listed with it. */
export function admitSystems(clients: () => readonly RegionClient[]): Admits {
  return ({ client, organisation, role }) =>
    clients().some(({ id, organisatie, rol }) => id === client && organisatie === organisation && rol === role)
}

/** What the region lets a system do. */
export function listedScopes(clients: () => readonly RegionClient[]): (client: string) => ReadonlySet<string> {
  return (client) => new Set(clients().find(({ id }) => id === client)?.scopes)
}

/** People on the screens: the screens' own client, for an organisation and role that some client of the region has. */
export function admitLogins(clients: () => readonly RegionClient[], screenClient: string): Admits {
  return ({ client, organisation, role }) =>
    client === screenClient && clients().some(({ organisatie, rol }) => organisatie === organisation && rol === role)
}
