import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { chanceOf } from '../../hub/bench/linking/random.ts'
import { makeSite, runCommand, startHub } from '../../hub/faults/child-hub.ts'
import { newDatabases } from '../engines/databases.ts'
import { engineOrSkip } from '../engines/needed.ts'
import { postgresql } from '../engines/postgresql.ts'
import { redis } from '../engines/redis.ts'
import { playServerFault } from './postgresql-server.ts'
import { disturbRedis } from './redis.ts'
import { playSeveralHubs } from './several-hubs.ts'

describe('PostgreSQL that fails, and several hubs on it', function () {
  this.timeout(300_000)
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

  it('two hubs with a Redis that is emptied, paused and killed meanwhile: no pair missed, no effect twice', async function () {
    const { url: REDIS_URL = '' } = await engineOrSkip(this, redis)
    const ending = new AbortController()
    const disturbing = disturbRedis(REDIS_URL, chanceOf(7), ending.signal)
    const playing = playSeveralHubs(root, url, { hubs: 2, persons: 40, kills: 2, seed: 6 }, { REDIS_URL })
    const { seconds, kills, ...report } = await playing.finally(() => ending.abort())
    const { emptied, paused, killed } = await disturbing
    expect(emptied + paused + killed).to.be.greaterThan(0)
    expect(report).to.deep.equal({
      ...{ hubs: 2, persons: 40, seed: 6, registrations: 160, refused: [] },
      ...{ lost: 0, unexpected: 0, twice: 0, pairsMissed: 0, mixed: 0, effectsWrong: 0, gaps: 0, logsBroken: 0 },
    })
  })

  it('two hubs that start at once, are sent the same persons at once and are killed: no pair missed, no effect twice', async () => {
    const { seconds, kills, ...report } = await playSeveralHubs(root, url, { hubs: 2, persons: 40, kills: 2, seed: 5 })
    expect(kills).to.be.at.least(2)
    expect(report).to.deep.equal({
      ...{ hubs: 2, persons: 40, seed: 5, registrations: 160, refused: [] },
      ...{ lost: 0, unexpected: 0, twice: 0, pairsMissed: 0, mixed: 0, effectsWrong: 0, gaps: 0, logsBroken: 0 },
    })
  })
})
