import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readKafkaSettings } from './settings.ts'

describe('settings of Kafka', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kafka-'))
  const secret = join(folder, 'secret')
  writeFileSync(secret, 'geheim\n')
  after(() => rmSync(folder, { recursive: true }))

  const read = (given: Record<string, string>) => {
    const faults: string[] = []
    const fallbacks: Record<string, string> = { KAFKA_TOPIC_PREFIX: 'verwijsindex', KAFKA_TLS: '0' }
    const settings = readKafkaSettings((name) => given[name] ?? fallbacks[name] ?? '', faults)
    return { settings, faults: faults.map((fault) => fault.split(':')[0]) }
  }
  const login = { KAFKA_SASL: 'scram-sha-512', KAFKA_SASL_USERNAME: 'hub', KAFKA_SASL_PASSWORD_FILE: secret }

  it('are none without brokers', () => {
    expect(read({ KAFKA_SASL: 'nonsense' })).to.eql({ settings: null, faults: [] })
  })

  it('are brokers, TLS and a password out of a file', () => {
    const { settings, faults } = read({
      KAFKA_BROKERS: 'a.example:9093, [::1]:9093',
      KAFKA_TLS: '1',
      KAFKA_TLS_CA: secret,
      ...login,
    })
    expect(faults).to.eql([])
    expect(settings).to.eql({
      brokers: ['a.example:9093', '[::1]:9093'],
      prefix: 'verwijsindex',
      tls: { ca: 'geheim\n' },
      sasl: { mechanism: 'scram-sha-512', username: 'hub', password: 'geheim' },
    })
  })

  const wrong: [string, Record<string, string>, string[]][] = [
    ['an address without a port', { KAFKA_BROKERS: 'a.example' }, ['KAFKA_BROKERS']],
    ['a password that would travel readable', { ...login, KAFKA_SASL: 'plain' }, ['KAFKA_SASL']],
    ['an unknown way to log in', { ...login, KAFKA_SASL: 'gssapi' }, ['KAFKA_SASL']],
    ['no password', { ...login, KAFKA_SASL_PASSWORD_FILE: '' }, ['KAFKA_SASL']],
    ['a file that is not there', { KAFKA_TLS: '1', KAFKA_TLS_CA: join(folder, 'none') }, ['KAFKA_TLS_CA']],
    ['a certificate without its key', { KAFKA_TLS: '1', KAFKA_TLS_CERT: secret }, ['KAFKA_TLS_CERT en KAFKA_TLS_KEY']],
    ['a prefix that is no name of a topic', { KAFKA_TOPIC_PREFIX: 'a b' }, ['KAFKA_TOPIC_PREFIX']],
  ]
  for (const [name, given, faults] of wrong)
    it(`refuse ${name}`, () => expect(read({ KAFKA_BROKERS: 'a.example:9093', ...given }).faults).to.eql(faults))
})
