import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeSite, runCommand, startHub } from '../../hub/faults/child-hub.ts'
import { newDatabases } from '../engines/databases.ts'
import { engineOrSkip } from '../engines/needed.ts'
import { postgresql } from '../engines/postgresql.ts'
import { redis } from '../engines/redis.ts'
import { playServerFault } from './postgresql-server.ts'
import { type HubsOptions, playSeveralHubs } from './several-hubs.ts'

const TIMEOUT_MS = 300_000

describe('PostgreSQL that fails, and several hubs on it', function () {
  this.timeout(TIMEOUT_MS)
  let url: string
  let root: string
  before(async function () {
    url = (await engineOrSkip(this, postgresql)).url as string
  })
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  for (const fault of ['back ends terminated in a commit', 'no connection left', 'server killed'])
    it(`${fault}: loses nothing, says 503 with Retry-After, and goes on by itself`, async () => {
      const databases = await newDatabases(url)
      const { url: store, keysUrl } = databases.settings
      const site = await makeSite(root, { DATABASE_URL: store, KEYS_DATABASE_URL: keysUrl })
      const hub = await startHub(site)
      const { attempts, acknowledged, ...wrong } = await playServerFault(site, url, { fault, times: 1, seed: 3 })
      await hub.stop()
      expect((await runCommand(site, ['verify-log'])).code).to.equal(0)
      await databases.drop()
      expect(wrong).to.deep.equal({ lost: [], unexpected: [], twice: [], otherId: [], refused: [], changedIds: 0 })
      expect(acknowledged).to.be.greaterThan(0)
    })

  /** So many hubs, persons and kills; nothing may be wrong, and every kill that was wanted at a step was seen there. */
  async function play(options: HubsOptions) {
    const { judgement, registrations, kills, redis: faults } = await playSeveralHubs(root, url, options)
    expect(judgement).to.deep.equal({
      ...{ lost: 0, unexpected: 0, twice: 0, otherId: 0, pairsMissed: 0, mixed: 0, effectsWrong: 0, gaps: 0, logsBroken: 0 },
      refused: [],
    })
    expect(registrations).to.equal(4 * options.persons)
    const wanted = Object.values(kills.atSteps).filter((step) => step.wanted > 0)
    expect(wanted.map(({ seen }) => seen)).to.eql(wanted.map((step) => step.wanted))
    expect(wanted).to.have.length(options.kills)
    expect(kills.atRandom).to.equal(options.kills)
    return faults
  }

  it('hubs that are killed at steps while their Redis is emptied, paused and killed: no pair missed, no effect twice', async function () {
    const { url: redisUrl = '' } = await engineOrSkip(this, redis)
    this.timeout(TIMEOUT_MS)
    const { emptied, paused, killed } = await play({ hubs: 2, persons: 60, kills: 3, seed: 6, redisUrl })
    expect(emptied + paused + killed).to.equal(3)
  })

  it('hubs that are sent the same persons at once and are killed at steps: no pair missed, no effect twice', () =>
    play({ hubs: 2, persons: 60, kills: 2, seed: 5 }))
})
