import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { HubError } from '../../errors.ts'

/** Addresses that are nobody's public server: own machine, private networks, link-local, multicast (RFC 6890). */
const PRIVATE = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6')

/**
 * The address to which a webhook may be sent: resolved once and used as resolved, so that a name cannot lead elsewhere between
 * looking and sending. The demo may send to this machine itself. Throws `conflict` for any private address.
 */
export async function deliveryAddress(hostname: string, allowLoopback: boolean): Promise<string> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const { address } = isIP(host) ? { address: host } : await lookup(host)
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  const loopback = plain === '::1' || plain.startsWith('127.')
  if (loopback && allowLoopback) return plain
  if (PRIVATE.check(plain, family)) throw new HubError('conflict', { detail: 'het adres is niet openbaar' })
  return plain
}
