import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { makeAdapter } from './make-adapter.ts'

const REPOSITORY = new URL('../../../', import.meta.url)

describe('adapter new', () => {
  let root: string
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'adapter-'))
    for (const part of ['adapters', 'schemas', 'package.json'])
      cpSync(fileURLToPath(new URL(part, REPOSITORY)), join(root, part), { recursive: true })
    symlinkSync(fileURLToPath(new URL('node_modules', REPOSITORY)), join(root, 'node_modules'))
  })
  after(() => rmSync(root, { recursive: true, force: true }))
  const folder = () => pathToFileURL(`${root}/`)

  it('makes a folder that passes its tests, and one that the registry knows', async () => {
    expect(makeAdapter(folder(), 'wijk-team')).to.have.length(6)
    const mocha = join(root, 'node_modules/mocha/bin/mocha.js')
    const args = ['--disable-warning=ExperimentalWarning', mocha, '--no-config', 'adapters/wijk-team/*.test.ts']
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    expect(stdout).to.contain('adapter wijk-team')
    expect(status).to.equal(0)
    const { adapterNames } = await import(new URL('adapters/registry.ts', folder()).href)
    expect(adapterNames).to.contain('wijk-team').and.to.contain('mee')
    const texts = ['adapter.ts', 'adapter.test.ts', 'columns.ts'].map((file) =>
      readFileSync(join(root, 'adapters/wijk-team', file), 'utf8'),
    )
    expect(texts.join('')).not.to.match(/\bmee\b|MEE/)
  })

  it('refuses what is no name, and one that is taken', () => {
    for (const name of ['', 'Mee', '../x', 'a b', 'mee', 'x'.repeat(60)])
      expect(() => makeAdapter(folder(), name), name)
        .to.throw()
        .with.property('code', 'gebruik')
  })
})
