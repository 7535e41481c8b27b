import type { IncomingMessage } from 'node:http'
import { expect } from 'chai'
import { clientAddress, readTrustedProxies } from './client-address.ts'

const from = (remoteAddress: string | undefined, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as IncomingMessage

describe('where a request comes from', () => {
  const proxies = readTrustedProxies('10.0.0.0/24, 192.0.2.9 ,2001:db8:1::/48', [])
  const behind = clientAddress(proxies)

  it('is the other end of the connection, whatever it says', () => {
    const address = clientAddress([])
    expect(address(from('203.0.113.1', '198.51.100.1'))).to.equal('203.0.113.1')
    expect(address(from('::ffff:203.0.113.1'))).to.equal('203.0.113.1')
    expect(address(from(undefined, '198.51.100.1'))).to.equal('-')
    expect(behind(from('203.0.113.1', '198.51.100.1'))).to.equal('203.0.113.1')
    expect(behind(from('10.0.1.1', '198.51.100.1')), 'beside the range').to.equal('10.0.1.1')
  })

  it('is what proxies that are trusted say, up to the first that is not', () => {
    expect(behind(from('10.0.0.7', '198.51.100.1'))).to.equal('198.51.100.1')
    expect(behind(from('::ffff:10.0.0.7', '198.51.100.1'))).to.equal('198.51.100.1')
    expect(behind(from('10.0.0.7', '198.51.100.1, 203.0.113.1'))).to.equal('203.0.113.1')
    expect(behind(from('10.0.0.7', '198.51.100.1, 203.0.113.1, 192.0.2.9'))).to.equal('203.0.113.1')
    expect(behind(from('2001:db8:1::5', '203.0.113.1'))).to.equal('203.0.113.1')
  })

  it('is the proxy itself when it says nothing, or no address', () => {
    for (const text of [undefined, '', 'unknown', '203.0.113.1:80', 'a,', '_x'])
      expect(behind(from('10.0.0.7', text))).to.equal('10.0.0.7')
    expect(behind(from('10.0.0.7', '10.0.0.8'))).to.equal('10.0.0.8')
  })

  it('is a network where one party has it whole', () => {
    const networks = ['2001:db8::1', '2001:DB8:0:0:ffff::', 'fe80::1%eth0', '::1', '2001:db8:7:8:9:a:b:c'].map((a) =>
      behind(from(a)),
    )
    expect(networks).to.eql(['2001:db8:0:0::/64', '2001:db8:0:0::/64', 'fe80:0:0:0::/64', '0:0:0:0::/64', '2001:db8:7:8::/64'])
  })

  it('reads addresses and ranges only, and tells all faults', () => {
    expect(proxies).to.eql([
      { address: '10.0.0.0', bits: 24 },
      { address: '192.0.2.9', bits: 32 },
      { address: '2001:db8:1::', bits: 48 },
    ])
    const faults: string[] = []
    expect(readTrustedProxies('proxy.example, 10.0.0.0/33, 10.0.0.1/, 10.0.0.1', faults)).to.eql([
      { address: '10.0.0.1', bits: 32 },
    ])
    expect(faults.map((fault) => fault.split('"')[1])).to.eql(['proxy.example', '10.0.0.0/33', '10.0.0.1/'])
  })
})
