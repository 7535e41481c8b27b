import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { startTestHub, type TestHub } from '../../hub/testing/hub.ts'

interface Rule {
  alert: string
  expr: string
  for?: string
  labels: { severity: string }
  annotations: { summary: string }
}

interface Panel {
  id: number
  title: string
  targets: { expr: string }[]
  gridPos: { x: number; y: number; w: number; h: number }
}

const readText = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')
const rules = (parse(readText('rules.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules)
const { panels } = JSON.parse(readText('dashboard.json')) as { panels: Panel[] }

describe('rules and dashboard', () => {
  let test: TestHub
  let told: Set<string>
  before(async () => {
    test = await startTestHub()
    await test.ask('mee', 'GET', '/registraties')
    await fetch(`${test.baseUrl}/v1/registraties`)
    const text = await (await fetch(`${test.baseUrl}/metrics`)).text()
    told = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!))
  })
  after(() => test.stop())

  it('ask for figures that the hub gives', () => {
    const asked = [...rules.map(({ expr }) => expr), ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))]
    const names = asked.flatMap((expr) => expr.match(/\b(verwijsindex|process|nodejs)_\w+/g) ?? [])
    expect(names.length).to.be.greaterThan(15)
    for (const name of names) expect([...told], name).to.include(name.replace(/_(bucket|sum|count)$/, ''))
  })

  it('say what to do, each rule under a name of its own, in brackets that close', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).to.equal(rules.length)
    for (const { expr, labels, annotations, for: lasting } of rules) {
      expect(['critical', 'warning']).to.include(labels.severity)
      expect(annotations.summary).to.match(/\.$|\?/)
      expect(lasting ?? '1m').to.match(/^\d+[smh]$/)
      for (const [open, close] of ['()', '{}', '[]']) expect(expr.split(open!).length).to.equal(expr.split(close!).length)
    }
  })

  it('have a panel for every figure of the hub, none on top of another', () => {
    const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join(' ')
    for (const name of told) if (name.startsWith('verwijsindex_')) expect(shown).to.include(name)
    const places = panels.map(({ gridPos: { x, y } }) => `${x},${y}`)
    expect(new Set(places).size).to.equal(panels.length)
    expect(new Set(panels.map(({ id }) => id)).size).to.equal(panels.length)
  })
})
