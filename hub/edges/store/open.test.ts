import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { HubError } from '../../errors.ts'
import type { AuditLine } from '../../stages/audit/line.ts'
import { logKey } from '../../stages/audit/log-key.ts'
import { logKeyring } from '../log-keyring.ts'
import { openStore } from './open.ts'

const LINE: AuditLine = {
  ...{ actie: 'lezen', client: 'hub', gebruiker: null, rol: null, organisatie: null, namens: null, persoon: null, object: null },
  ...{ grond: null, uitkomst: 'toegestaan', controles: '', herkomst: 'commando', traceId: '0'.repeat(32) },
}

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

  it('ends with a checkpoint over what was being written, and takes nothing after it', async () => {
    const { store, close } = await open()
    const gate = Promise.withResolvers<void>()
    const add = (wait?: Promise<void>) =>
      store.write(async (tx) => {
        await wait
        await tx.log.append([LINE], new Date())
      })
    const writing = add(gate.promise)
    const closing = close()
    const late = add().catch((error: unknown) => error)
    gate.resolve()
    await Promise.all([writing, closing])
    expect(await late)
      .to.be.instanceOf(HubError)
      .with.property('code', 'tijdelijk-niet-beschikbaar')
    expect(readFileSync(join(root, 'state', 'checkpoint'), 'utf8').split('\n')[1]).to.equal('1')
  })

  it('makes a new store beside keys that are there', async () => {
    rmSync(join(root, 'data'), { recursive: true })
    rmSync(join(root, 'state'), { recursive: true })
    await (await open()).close()
  })
})
