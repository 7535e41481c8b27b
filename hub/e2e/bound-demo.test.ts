import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { decodeJwt, importJWK, SignJWT } from 'jose'
import { fetchTo, makeSite, type RunningHub, runCommand, type Site, startHub } from '../faults/child-hub.ts'
import { logIn } from '../testing/log-in.ts'

/** The demo as it is started by hand, with tokens that are bound to their senders. */
for (const [binding, method] of [
  ['dpop', 'jkt'],
  ['mtls', 'x5t#S256'],
] as const)
  describe(`the demo with TOKEN_BINDING=${binding}`, function () {
    this.timeout(120_000)
    let root: string
    let site: Site
    let hub: RunningHub | undefined
    before(async () => {
      root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
      site = await makeSite(root, { TOKEN_BINDING: binding })
    })
    after(async () => {
      await hub?.kill()
      rmSync(root, { recursive: true })
    })

    const command = async (...args: string[]) => (await runCommand(site, args)).stdout.trim()
    const ask = (headers: Record<string, string>, certificate?: string) =>
      fetchTo(site, certificate)(`${site.baseUrl}/v1/matches`, { headers }).then(({ status }) => status)

    const headersIn = (lines: string): Record<string, string> =>
      Object.fromEntries(lines.split('\n').map((line) => line.split(': ')))

    it('sends the example region’s files, each as its own client', async () => {
      const report = JSON.parse(await command('demo', '--once', '--json'))
      for (const { bestand, geaccepteerd } of report.bronnen) expect(geaccepteerd, bestand).to.be.above(0)
      expect(report.matches.zichtbaar).to.be.above(0)
    })

    it('gives a token that is worth nothing without what it is bound to', async () => {
      hub = await startHub(site)
      const token = await command('token', '--client', 'mee')
      expect(decodeJwt(token).cnf).to.have.property(method)
      const lines = await command('token', '--client', 'mee', '--for', `GET ${site.baseUrl}/v1/matches`)
      const headers = headersIn(lines)
      expect(await ask(headers, 'mee')).to.equal(200)
      expect(await ask({ authorization: `Bearer ${token}` })).to.equal(401)
      expect(await ask(headers, 'rubicon'), 'the second time, or with another certificate').to.equal(401)
    })

    it('has a provider that gives no token without', async () => {
      const { sleutels } = JSON.parse(readFileSync(join(root, 'keys', 'demo-clients.json'), 'utf8'))
      const now_s = Math.floor(Date.now() / 1000)
      const issuer = `${site.baseUrl}/oidc`
      const claims = { iss: 'mee', sub: 'mee', aud: issuer, iat: now_s, exp: now_s + 60, jti: crypto.randomUUID() }
      const client_assertion = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: sleutels.mee.kid })
        .sign(await importJWK(sleutels.mee, 'ES256'))
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type, client_assertion })
      const answer = await fetchTo(site)(`${issuer}/token`, { method: 'POST', body })
      expect([answer.status, Object.keys((await answer.json()) as object)]).to.eql([400, ['error', 'error_description']])
    })

    it('lets a person log in on its screens', async () => {
      const cookie = await logIn(site.baseUrl, 'coordinatiepunt', fetchTo(site))
      const page = await (await fetchTo(site)(site.baseUrl, { headers: { cookie } })).text()
      expect(page).to.include('Werklijst')
      expect(cookie.includes('__Host-verwijsindex_sessie='), 'over TLS').to.equal(binding === 'mtls')
    })

    it('lets a witness in', async () => {
      const lines = await command(
        'token',
        '--client',
        'privacy-functionaris',
        '--for',
        `GET ${site.baseUrl}/v1/controlepunt/_sleutel`,
      )
      const headers = headersIn(lines)
      const key = await fetchTo(site, 'privacy-functionaris')(`${site.baseUrl}/v1/controlepunt/_sleutel`, { headers })
      const vkey = ((await key.text()).trim().match(/[^"{}:]+\+[0-9a-f]{8}\+[^"}]+/) ?? [''])[0]
      const seen = await runCommand(site, ['witness', '--hub', site.baseUrl, '--key', vkey, '--dir', join(root, 'getuige')])
      expect([seen.code, JSON.parse(seen.stdout).goed], seen.stderr).to.eql([0, true])
    })

    it('keeps its keys in files that only their owner reads, and lists them', async () => {
      const { sleutels } = JSON.parse(await command('keys', 'list', '--json')) as {
        sleutels: { naam: string; bestand: string; modus: string }[]
      }
      expect(sleutels.some(({ naam }) => naam === 'tls-client-mee')).to.equal(binding === 'mtls')
      for (const { bestand, modus } of sleutels)
        expect([modus, statSync(join(root, 'keys', bestand)).mode & 0o777], bestand).to.eql(['600', 0o600])
    })
  })
