import type { Registratie } from '../../schemas/types.ts'
import type { Delivery } from '../flows/accept-standing.ts'
import type { Principal } from '../principal.ts'

/** A registration as its client would send it over the API. */
export function deliveryOf(client: string, registration: Registratie): Delivery {
  const role = 'organisatie' as const
  const who = { client, subject: client, organisation: client, role, municipalities: ['1894'], scopes: new Set<string>() }
  const sender: Principal = { ...who, traceId: '1'.repeat(32), origin: 'api' }
  return { sender, registration, consents: [], origin: 'api' }
}
