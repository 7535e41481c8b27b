import { expect } from 'chai'
import { newDatabases } from '../../deploy/engines/databases.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { postgresql } from '../../deploy/engines/postgresql.ts'
import { startTestHub, type TestHubOptions } from '../testing/hub.ts'

describe('the status', () => {
  async function enginesOf(options: TestHubOptions): Promise<Record<string, string>> {
    const test = await startTestHub(options)
    try {
      const { status, body } = await test.ask('beheer', 'GET', '/status')
      expect(status).to.equal(200)
      expect((await test.ask('mee', 'GET', '/status')).status).to.equal(403)
      return Object.fromEntries(body.poorten.map(({ poort, motor }: { poort: string; motor: string }) => [poort, motor]))
    } finally {
      await test.stop()
    }
  }

  it('names PostgreSQL behind the ports that it serves', async function () {
    const { url } = await engineOrSkip(this, postgresql)
    expect(await enginesOf({ database: () => newDatabases(String(url)) })).to.eql({
      opslag: 'postgresql',
      sleutels: 'postgresql',
      sleutelindex: 'postgresql',
      berichten: 'http',
      begrenzing: 'proces',
    })
  })
})
