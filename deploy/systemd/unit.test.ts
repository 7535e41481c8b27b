import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { SETTINGS } from '../../hub/settings.ts'

/** Directives of systemd.unit(5), systemd.service(5), systemd.exec(5), systemd.kill(5) and systemd.resource-control(5) that are used here. */
const KNOWN: Record<string, string[]> = {
  Unit: ['Description', 'After', 'Wants'],
  Install: ['WantedBy'],
}
const HARDENED = ['NoNewPrivileges', 'ProtectSystem', 'ProtectHome', 'PrivateTmp', 'CapabilityBoundingSet', 'SystemCallFilter']

describe('the unit for systemd', () => {
  const text = readFileSync(join(import.meta.dirname, 'verwijsindex.service'), 'utf8')
  const sections = new Map<string, [string, string][]>()
  for (const line of text.split('\n')) {
    const section = /^\[(\w+)\]$/.exec(line)?.[1]
    if (section) sections.set(section, [])
    else if (line && !line.startsWith('#'))
      [...sections.values()].at(-1)!.push(line.split(/=(.*)/s).slice(0, 2) as [string, string])
  }

  it('has three sections, of lines with a name and a value', () => {
    expect([...sections.keys()]).to.eql(['Unit', 'Service', 'Install'])
    for (const [name, lines] of sections)
      for (const [key, value] of lines) {
        expect(key).to.match(/^[A-Z][A-Za-z]+$/)
        expect(value).to.be.a('string')
        if (KNOWN[name]) expect(KNOWN[name]).to.include(key)
      }
  })

  it('takes away what the hub needs not, and does not try wrong settings again', () => {
    const service = new Map(sections.get('Service'))
    for (const name of HARDENED) expect([...service.keys()]).to.include(name)
    expect(service.get('RestartPreventExitStatus')).to.equal('2 3')
    const names = service
      .get('Environment')!
      .split(' ')
      .map((each) => each.split('=')[0]!)
    for (const name of names) expect(Object.keys(SETTINGS)).to.include(name)
  })
})
