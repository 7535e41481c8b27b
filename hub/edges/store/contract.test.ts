import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Databases, newDatabases } from '../../../deploy/engines/databases.ts'
import { engineOrSkip } from '../../../deploy/engines/needed.ts'
import { postgresql } from '../../../deploy/engines/postgresql.ts'
import { logKey } from '../../stages/audit/log-key.ts'
import { logKeyring } from '../log-keyring.ts'
import { type OpenStore, openStore } from './open.ts'
import { openPostgresStore } from './postgres/open.ts'
import { ALWAYS_HERE } from './testing/always-here.ts'
import { holdsDataKeysContract, holdsKeyIndexContract } from './testing/keys-contract.ts'
import { holdsStoreContract } from './testing/store-contract.ts'

const signing = logKey('verwijsindex/proef', generateKeyPairSync('ed25519').privateKey)
const keys = {
  wrapping: randomBytes(32),
  log: logKeyring(() => [signing]),
  prints: () => ({ whole: 'proef', oldest: 'proef', newest: 'proef' }),
}
const report = (error: unknown) => {
  throw error
}

const CONTRACTS = {
  Store: holdsStoreContract,
  DataKeys: holdsDataKeysContract,
  KeyIndex: (open: () => Promise<OpenStore>) =>
    holdsKeyIndexContract(async () => {
      const { openIndex, close } = await open()
      const index = openIndex()
      return { workers: [index, index], close }
    }),
}

describe('the store in SQLite', () => {
  const roots: string[] = []
  after(() => {
    for (const root of roots) rmSync(root, { recursive: true })
  })
  const open = (): Promise<OpenStore> => {
    const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    roots.push(root)
    const dirs = { dataDir: join(root, 'data'), keysDir: root, stateDir: join(root, 'state') }
    return openStore(dirs, keys, report)
  }
  for (const [port, holdsContract] of Object.entries(CONTRACTS))
    describe(`holds the contract of ${port}`, () => holdsContract(open))
})

describe('the store in PostgreSQL', function () {
  this.timeout(120_000)
  const made: { databases: Databases; root: string }[] = []
  let url: string
  before(async function () {
    url = (await engineOrSkip(this, postgresql)).url as string
  })
  after(async () => {
    for (const { databases, root } of made) {
      await databases.drop()
      rmSync(root, { recursive: true })
    }
  })
  const open = async (): Promise<OpenStore> => {
    const databases = await newDatabases(url)
    const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    made.push({ databases, root })
    return openPostgresStore(
      databases.settings,
      { stateDir: root, command: 'test', presence: ALWAYS_HERE, hasOwnIndex: true },
      keys,
      report,
    )
  }
  for (const [port, holdsContract] of Object.entries(CONTRACTS))
    describe(`holds the contract of ${port}`, () => holdsContract(open))

  describe('and nothing beside', () => {
    it('keeps a checkpoint and nothing else in the folders of this machine', () => {
      expect(made).to.have.length(3)
      for (const { root } of made) expect(readdirSync(root).filter((name) => !/^checkpoints?$/.test(name))).to.deep.equal([])
    })
  })
})
