import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { decodeJwt, decodeProtectedHeader } from 'jose'

const COMMAND = fileURLToPath(new URL('../verwijsindex.mjs', import.meta.url))

describe('verwijsindex token', () => {
  let keysDir: string
  before(() => {
    keysDir = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  })
  after(() => rmSync(keysDir, { recursive: true }))

  function run(args: string[], env: NodeJS.ProcessEnv = {}) {
    const settings: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: keysDir, KEYS_DIR: keysDir, PORT: '18099', ...env }
    return spawnSync(process.execPath, [COMMAND, 'token', ...args], { encoding: 'utf8', env: settings })
  }

  it('prints a bare token for the issuer that the settings name', () => {
    const { status, stdout, stderr } = run(['--client', 'mee', '--scope', 'match:lezen', '--ttl', '60'])
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' })
    expect(stdout).to.match(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(decodeProtectedHeader(stdout)).to.include({ alg: 'ES256', typ: 'at+jwt' })
    const claims = decodeJwt(stdout)
    expect(claims).to.include({
      iss: 'http://127.0.0.1:18099/oidc',
      aud: 'urn:verwijsindex:api',
      client_id: 'mee',
      rol: 'organisatie',
    })
    expect(claims.scope).to.equal('match:lezen')
    expect(claims.exp! - claims.iat!).to.equal(60)
  })

  it('signs with the same key every time', () => {
    const kids = [1, 2].map(() => decodeProtectedHeader(run(['--client', 'beheer']).stdout).kid)
    expect(kids[0]).to.equal(kids[1])
  })

  const misuse: [string, string[], RegExp][] = [
    ['no client', [], /--client/],
    ['an unknown client', ['--client', 'nergens'], /Kies uit: .*mee/],
    ['a scope that the client has not', ['--client', 'mee', '--scope', 'match:lezen beheer'], /beheer/],
    ['a lifetime that is too long', ['--client', 'mee', '--ttl', '901'], /900/],
    ['a lifetime of nothing', ['--client', 'mee', '--ttl', '0'], /--ttl/],
    ['an unknown option', ['--cliënt', 'mee'], /Onbekende optie/],
  ]
  for (const [name, args, message] of misuse)
    it(`exits 2 for ${name} and prints no token`, () => {
      const { status, stdout, stderr } = run(args)
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' })
      expect(stderr).to.match(message)
    })

  it('exits 3 outside the demo', () => {
    for (const env of [
      { DEMO: '0' },
      { OIDC_ISSUER: 'https://id.voorbeeld.example' },
      { DEMO: '1', OIDC_ISSUER: 'https://x.example' },
    ])
      expect(run(['--client', 'mee'], env)).to.include({ status: 3, stdout: '' })
  })
})
