import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { HubError } from '../../errors.ts'
import { hostOf, mayReceive } from '../../flows/public-address.ts'

/**
 * The address to which a webhook may be sent: resolved once and used as resolved, so that a name cannot lead elsewhere between
 * looking and sending. The demo may send to this machine itself. Throws `conflict` for any private address.
 */
export async function deliveryAddress(hostname: string, allowLoopback: boolean): Promise<string> {
  const host = hostOf(hostname)
  const { address } = isIP(host) ? { address: host } : await lookup(host)
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!mayReceive(plain, allowLoopback)) throw new HubError('conflict', { detail: 'het adres is niet openbaar' })
  return plain
}
