import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { loadConfig } from '../../hub/config.ts'
import { SETTINGS } from '../../hub/settings.ts'
import { withSettings } from './settings-table.ts'

const GUIDE = new URL('../../docs/operating.md', import.meta.url)

describe('the table of settings', () => {
  it('says what the code says; otherwise run `npm run docs`', () => {
    const text = readFileSync(GUIDE, 'utf8')
    expect(text).to.equal(withSettings(text))
  })

  it('refuses a text without a place for it', () => {
    expect(() => withSettings('# Operating')).to.throw('no place')
  })

  it('names every setting that reading the environment asks for, and no other', () => {
    const asked = new Set<string>()
    const env = new Proxy({}, { get: (_, name) => void asked.add(String(name)) })
    loadConfig({ demo: true }, env)
    expect([...asked].sort()).to.deep.equal(Object.keys(SETTINGS).sort())
  })
})
