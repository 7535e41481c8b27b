import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** An address, or a range of addresses (CIDR), of proxies. */
export interface ProxyRange {
  address: string
  bits: number
}

/** `TRUSTED_PROXIES`: addresses and ranges, separated by commas. Adds to `faults` what is none. */
export function readTrustedProxies(value: string, faults: string[]): ProxyRange[] {
  const parts = value.split(',').flatMap((part) => part.trim() || [])
  return parts.flatMap((part) => {
    const [address = '', bits] = part.split('/')
    const all = isIP(address) === 6 ? 128 : 32
    if (isIP(address) !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= all)))
      return [{ address, bits: bits === undefined ? all : Number(bits) }]
    faults.push(`TRUSTED_PROXIES: "${part}" is geen adres en geen reeks; geef bijvoorbeeld 10.0.0.5 of 10.0.0.0/24.`)
    return []
  })
}

/**
 * Where a request comes from, for counting: the other end of the connection. `X-Forwarded-For` is believed of the proxies named here and of nobody else:
 * from its end to its beginning, up to the first address that is no such proxy. Of IPv6 the first 64 bits, which one party has whole (RFC 6177).
 */
export function clientAddress(proxies: readonly ProxyRange[]): (request: IncomingMessage) => string {
  const trusted = new BlockList()
  for (const { address, bits } of proxies) trusted.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return ({ socket, headers }) => {
    const named = String(headers['x-forwarded-for'] ?? '').split(',')
    let address = plain(socket.remoteAddress ?? '')
    while (isIP(address) !== 0 && isTrusted(address)) {
      const before = plain(named.pop() ?? '')
      if (isIP(before) === 0) break
      address = before
    }
    return isIP(address) === 6 ? networkOf(address) : address || '-'
  }
}

/** An IPv4 address that came in over IPv6 is that address; a zone is of this machine only. */
function plain(address: string): string {
  return address
    .trim()
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '')
}

function networkOf(address: string): string {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const [first, last] = [groups(head), groups(tail ?? '')]
  const gap = tail === undefined ? 0 : 8 - first.length - last.length
  return `${[...first, ...Array(gap).fill('0'), ...last].slice(0, 4).join(':')}::/64`
}
