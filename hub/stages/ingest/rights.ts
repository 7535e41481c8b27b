import type { Regio } from '../../../schemas/types.ts'
import type { SenderRights } from './check.ts'

/** What an organisation may send, from the region's configuration; nothing of what needs a right when it is unknown. */
export function rightsOf({ organisaties }: Pick<Regio, 'organisaties'>, organisation: string): SenderRights {
  const found = organisaties.find(({ id }) => id === organisation)
  return { magBsn: found?.magBsn ?? false, ...(found?.magRegistreren ? { soorten: found.magRegistreren } : {}) }
}

/** The adapters that a client may use: those of its organisation, or fewer where the client names its own. */
export function adaptersFor({ organisaties, clients }: Pick<Regio, 'organisaties' | 'clients'>, client: string): string[] {
  const found = clients.find(({ id }) => id === client)
  const allowed = organisaties.find(({ id }) => id === found?.organisatie)?.adapters ?? []
  return allowed.filter((adapter) => found?.adapters?.includes(adapter) ?? true)
}
