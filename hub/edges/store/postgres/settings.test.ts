import { expect } from 'chai'
import { fallbackOf, SETTINGS } from '../../../settings.ts'
import { readDatabaseSettings } from './settings.ts'

const STORE = 'postgres://hub@db.intern/verwijsindex'
const KEYS = 'postgres://hub@db.intern/sleutels'

function read(env: Record<string, string>) {
  const faults: string[] = []
  const settings = readDatabaseSettings((name) => env[name] ?? fallbackOf(SETTINGS[name], false), faults)
  return { settings, faults: faults.map((fault) => fault.split(':')[0]) }
}

describe('the settings of PostgreSQL', () => {
  it('are absent together, or there together', () => {
    expect(read({})).to.deep.equal({ settings: null, faults: [] })
    const limits = { pool_max: 10, wait_ms: 5000, statement_ms: 30_000 }
    expect(read({ DATABASE_URL: STORE, KEYS_DATABASE_URL: KEYS })).to.deep.equal({
      settings: { url: STORE, keysUrl: KEYS, ...limits },
      faults: [],
    })
  })

  for (const [what, env, fault] of [
    ['a store without a place for its keys', { DATABASE_URL: STORE }, 'DATABASE_URL en KEYS_DATABASE_URL'],
    ['keys without a store', { KEYS_DATABASE_URL: KEYS }, 'DATABASE_URL en KEYS_DATABASE_URL'],
    [
      'keys in the store, whoever logs in',
      { DATABASE_URL: STORE, KEYS_DATABASE_URL: STORE.replace('hub@', 'ander:x@') },
      'KEYS_DATABASE_URL',
    ],
    ['another kind of address', { DATABASE_URL: 'mysql://db/verwijsindex', KEYS_DATABASE_URL: KEYS }, 'DATABASE_URL'],
    ['no name of a database', { DATABASE_URL: STORE, KEYS_DATABASE_URL: 'postgres://db' }, 'KEYS_DATABASE_URL'],
    ['no connections', { DATABASE_POOL_MAX: '0' }, 'DATABASE_POOL_MAX'],
    ['a time that is none', { DATABASE_WAIT_MS: 'lang' }, 'DATABASE_WAIT_MS'],
  ] as const)
    it(`refuse ${what}`, () => expect(read(env).faults).to.deep.equal([fault]))
})
