import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { logKey } from '../../stages/audit/log-key.ts'
import { logKeyring } from '../log-keyring.ts'
import { openStore } from './open.ts'

describe('opening a store', () => {
  const signing = logKey('verwijsindex/test', generateKeyPairSync('ed25519').privateKey)
  const keys = { wrapping: randomBytes(32), log: logKeyring(() => [signing]) }
  let root: string
  const dirs = () => ({ dataDir: join(root, 'data'), keysDir: join(root, 'keys'), stateDir: join(root, 'state') })
  const open = () =>
    openStore(dirs(), keys, (error) => {
      throw error
    })

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-open-'))
    mkdirSync(join(root, 'keys'))
    await (await open()).close()
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('refuses a store whose data keys are gone: new ones would open nothing', async () => {
    rmSync(join(root, 'keys', 'datasleutels.db'))
    const refusal = await open().then(
      () => null,
      (error: Error) => error.message,
    )
    expect(refusal).to.include('De datasleutels ontbreken')
  })

  it('makes a new store beside keys that are there', async () => {
    rmSync(join(root, 'data'), { recursive: true })
    rmSync(join(root, 'state'), { recursive: true })
    await (await open()).close()
  })
})
