import { expect } from 'chai'
import { readRedisSettings } from './settings.ts'

describe('settings of Redis', () => {
  const read = (given: Record<string, string>) => {
    const faults: string[] = []
    const settings = readRedisSettings((name) => given[name] ?? '', faults)
    return { settings, faults }
  }

  it('are none without an address', () => {
    expect(read({ REDIS_TLS_CA: '/nowhere' })).to.eql({ settings: null, faults: [] })
  })

  it('are one address, or some of one cluster', () => {
    expect(read({ REDIS_URL: 'redis://hub:geheim@a.example:6380/2' }).faults).to.eql([])
    const { settings, faults } = read({ REDIS_URL: 'rediss://:w@a.example, rediss://:w@[::1]:6380' })
    expect(faults).to.eql([])
    expect(settings?.addresses.map(({ host }) => host)).to.eql(['a.example', '[::1]:6380'])
  })

  const wrong: [string, Record<string, string>][] = [
    ['no address at all', { REDIS_URL: 'a.example:6379' }],
    ['another protocol', { REDIS_URL: 'http://geheim@a.example' }],
    ['an address without a host', { REDIS_URL: 'redis:///2' }],
    ['one of several that is none', { REDIS_URL: 'redis://geheim@a.example,b' }],
    ['options behind it', { REDIS_URL: 'redis://a.example?geheim=1' }],
    ['a numbered database of a cluster', { REDIS_URL: 'redis://a.example/1,redis://geheim@b.example' }],
    ['a CA that is not there', { REDIS_URL: 'rediss://a.example', REDIS_TLS_CA: '/nowhere' }],
  ]
  for (const [name, given] of wrong)
    it(`refuse ${name}, and say nothing of what was given`, () => {
      const { faults } = read(given)
      expect(faults).to.have.length(1)
      expect(faults.join())
        .to.match(/^REDIS_/)
        .and.not.include('geheim')
    })
})
