import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'

const EXAMPLE = new URL('../../schemas/regions/voorbeeld.json', import.meta.url)

describe('a client that is struck out of the region’s file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const file = join(folder, 'regio.json')
  const region = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
  let test: TestHub
  before(async () => {
    writeFileSync(file, JSON.stringify(region))
    test = await startTestHub({ region: file })
  })
  after(async () => {
    await test.stop()
    rmSync(folder, { recursive: true })
  })

  const until = async (client: string, status: number) => {
    const token = await test.token('mee')
    while ((await test.ask(client, 'GET', '/registraties', { token })).status !== status) await wait(100)
  }

  it('is out without a restart, its open stream too, while the others go on', async () => {
    const headers = { authorization: `Bearer ${await test.token('mee')}` }
    const stream = await fetch(`${test.baseUrl}/v1/gebeurtenissen/_stroom`, { headers })
    expect(stream.status).to.equal(200)
    await until('mee', 200)
    const clients = region.clients.filter(({ id }: { id: string }) => id !== 'mee')
    writeFileSync(file, JSON.stringify({ ...region, clients }))
    await until('mee', 401)
    await stream.text()
    expect((await test.ask('rubicon', 'GET', '/registraties')).status).to.equal(200)
  })

  it('is in again when it is listed again; a file that cannot be read changes nothing', async () => {
    writeFileSync(file, '{"clients":')
    await wait(2500)
    expect((await test.ask('rubicon', 'GET', '/registraties')).status).to.equal(200)
    writeFileSync(file, JSON.stringify(region))
    await until('mee', 200)
  })
})
