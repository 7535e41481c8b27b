import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeSite, type RunningHub, type Site, startHub, tokensOf } from '../faults/child-hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

const NAME = 'Geheimschrijver'
const BSN = aBsn(31_337)

describe('secrets of a running hub', () => {
  let root: string
  let site: Site
  let hub: RunningHub
  const tokens: string[] = []
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    site = await makeSite(root, { LOG_LEVEL: 'trace' })
    hub = await startHub(site)
    const tokenOf = tokensOf(site)
    for (const client of ['mee', 'beheer', 'privacy-functionaris']) tokens.push(await tokenOf(client))
  })
  after(() => rmSync(root, { recursive: true }))

  const secrets = () =>
    ['regio.json', 'demo-oidc.json', 'demo-clients.json'].flatMap((name) =>
      [...readFileSync(join(root, 'keys', name), 'utf8').matchAll(/"(?:secret|d)": ?"([^"]+)"/g)].map(([, secret]) =>
        String(secret),
      ),
    )

  async function provoke(): Promise<string> {
    const texts: string[] = []
    const persoon = { bsn: BSN, voornamen: NAME, geslachtsnaam: NAME, geboortedatum: '2014-05-06' }
    const bodies = [aRegistration({ persoon }), aRegistration({ persoon: { ...persoon, bsn: `${BSN}x` } }), { [NAME]: BSN }]
    for (const token of [...tokens, `${tokens[0]}x`, 'x'.repeat(20_000)])
      for (const body of bodies)
        for (const path of ['/registraties', '/registraties/_batch', '/personen/_zoek', `/${NAME}`]) {
          const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': BSN }
          const answer = await fetch(`${site.baseUrl}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
          texts.push(await answer.text())
        }
    return texts.join('\n')
  }

  it('lie in files that only their owner reads, as does everything else', () => {
    const entries = ['data', 'keys', 'state'].flatMap((dir) =>
      readdirSync(join(root, dir), { recursive: true }).map((name) => join(root, dir, String(name))),
    )
    expect(entries.length).to.be.above(8)
    for (const path of entries) expect(statSync(path).mode & 0o077, path).to.equal(0)
    for (const dir of ['data', 'keys', 'state']) expect(statSync(join(root, dir)).mode & 0o077, dir).to.equal(0)
  })

  it('stand in no command line and in no environment', function () {
    if (process.platform !== 'linux') this.skip()
    const known = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${hub.pid}/${file}`, 'utf8')).join()
    for (const secret of [...secrets(), ...tokens]) expect(known).not.to.include(secret)
  })

  it('are in no answer, metric or line that the hub writes, nor are tokens and persons, at the most talkative level too', async () => {
    const answers = await provoke()
    const metrics = await (await fetch(`${site.baseUrl}/metrics`)).text()
    const { stdout, stderr, code } = await hub.stop()
    expect(code).to.equal(0)
    expect(stderr.length).to.be.above(100)
    const signatures = tokens.map((token) => token.split('.')[2] as string)
    for (const secret of [...secrets(), ...signatures, NAME, BSN]) {
      expect(stdout + stderr, 'log').not.to.include(secret)
      expect(metrics, 'metrics').not.to.include(secret)
      expect(answers, 'answers').not.to.include(secret)
    }
  })
})
