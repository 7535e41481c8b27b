import { BlockList, isIP } from 'node:net'

/**
 * Addresses that are nobody's public server: own machine, private networks, link-local, multicast (RFC 6890); and those of IPv6 that stand
 * for one of IPv4, which could be any of these (RFC 4291 2.5.5.1, RFC 6052, RFC 8215, RFC 3056, RFC 4380).
 */
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
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6')

/** Whether a webhook may be sent to an IP address; the demo may send to this machine itself (`allowLoopback`). */
export function mayReceive(address: string, allowLoopback: boolean): boolean {
  if (allowLoopback && (address === '::1' || address.startsWith('127.'))) return true
  return !PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** The host of a URL without the brackets of IPv6. */
export function hostOf(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Whether a host is known not to receive before anybody looks up where it leads: a private address, or a name of the own machine (RFC 6761). */
export function neverReceives(hostname: string, allowLoopback: boolean): boolean {
  const host = hostOf(hostname)
  if (/(^|\.)localhost\.?$/i.test(host)) return !allowLoopback
  return isIP(host) !== 0 && !mayReceive(host, allowLoopback)
}
