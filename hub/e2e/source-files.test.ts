import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { adapterNamed } from '../../adapters/registry.ts'
import { inventedFamilies } from '../../adapters/sample/families.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'

const COMMAND = fileURLToPath(new URL('../verwijsindex.mjs', import.meta.url))
const SAMPLES = new URL('../../adapters/', import.meta.url)

describe('files of sources, from the command line', () => {
  const root = mkdtempSync(join(tmpdir(), 'bron-'))
  after(() => rmSync(root, { recursive: true, force: true }))
  const dirs = { DATA_DIR: join(root, 'data'), KEYS_DIR: join(root, 'keys'), STATE_DIR: join(root, 'state') }
  const env = { PATH: process.env.PATH, HOME: root, LOG_LEVEL: 'trace', ...dirs }

  function importFile(adapter: string, name: string, content: string | Uint8Array, ...options: string[]) {
    const file = join(root, name)
    writeFileSync(file, content)
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'import', adapter, file, ...options], {
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    return { status, stdout, stderr, rows: lines.slice(0, -1), summary: lines.at(-1).samenvatting }
  }

  it('of a thousand rows with 37 faulty ones 963 are taken and 37 kept apart, each with its row and all its faults', () => {
    const [header, ...rows] = Buffer.from(adapterNamed('mee')!.sample(inventedFamilies(600, 4)))
      .toString()
      .trim()
      .split('\r\n')
    const faulty = new Set(Array.from({ length: 37 }, (_, at) => 5 + at * 27))
    const broken = rows.slice(0, 1000).map((row, at) => {
      if (!faulty.has(at)) return row
      const cells = row.split(';')
      cells[2] = '999900019'
      cells[6] = '31-02-2014'
      cells[15] = 'bezig'
      return cells.join(';')
    })
    const result = importFile('mee', 'duizend.csv', [header, ...broken].join('\n'), '--result', join(root, 'uitkomst.csv'))
    expect(result.status).to.equal(1)
    expect(result.summary).to.include({ gelezen: 1000, geaccepteerd: 963, dubbel: 0, afgekeurd: 37 })
    const refused = result.rows.filter(({ uitkomst }) => uitkomst === 'afgekeurd')
    expect(refused.map(({ regel }) => regel)).to.deep.equal([...faulty].map((at) => at + 2))
    for (const { fouten } of refused)
      expect(fouten.map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`)).to.have.members([
        'BSN elfproef',
        'Geboortedatum datum',
        'Status keuze',
      ])
    const [, ...told] = readFileSync(join(root, 'uitkomst.csv'), 'utf8').trimEnd().split('\r\n')
    expect(told).to.have.length(1000)
    expect(told.filter((line) => line.includes(';afgekeurd;'))).to.have.length(37)
  })

  it('what a source holds beyond the registration is in no file of the hub and in no line of its log', () => {
    const needles = ['Kwartelhof', 'Zevenblad', 'Pimpernel', 'Wederik']
    const child = inventedFamilies(1, 8)
    const withText = (adapter: string, column: string, text: string) => {
      const [header = '', row = ''] = Buffer.from(adapterNamed(adapter)!.sample(child.slice(0, 1)))
        .toString()
        .split('\r\n')
      const delimiter = header.includes(';') ? ';' : ','
      const at = header.split(delimiter).indexOf(column)
      return `${header}\n${row
        .split(delimiter)
        .map((cell, each) => (each === at ? text : cell))
        .join(delimiter)}\n`
    }
    const signUp = JSON.parse(Buffer.from(adapterNamed('website')!.sample(child.slice(0, 1))).toString())
    const outputs = [
      importFile('stratech', 'urgentie.csv', withText('stratech', 'Urgentie', needles[0]!), '--client', 'vorkmeer'),
      importFile('bregje', 'wijk.csv', withText('bregje', 'Wijk', needles[1]!), '--client', 'rubicon'),
      importFile('website', 'w.json', JSON.stringify({ ...signUp, toelichting: needles[2] }), '--client', 'rubicon'),
      importFile('jgz', 'a.xml', jgzWith(needles[3]!), '--client', 'vorkmeer'),
    ]
    expect(outputs.map(({ summary }) => summary.geaccepteerd)).to.deep.equal([1, 1, 1, 1])
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\/(data|keys|state)$/.test(entry.parentPath))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    for (const needle of needles)
      for (const text of [...files, ...outputs.flatMap(({ stdout, stderr }) => [stdout, stderr])])
        expect(text.includes(needle), needle).to.equal(false)
  })

  function jgzWith(text: string): string {
    return readFileSync(new URL('jgz/samples/aanmelding.xml', SAMPLES), 'utf8').replace('veel zorgen thuis', text)
  }
})

describe('drafts', () => {
  const root = mkdtempSync(join(tmpdir(), 'concept-'))
  let test: TestHub
  before(async () => {
    const region = JSON.parse(readFileSync(new URL('../../schemas/regions/voorbeeld.json', import.meta.url), 'utf8'))
    region.organisaties[1].adapters.push('ijw')
    writeFileSync(join(root, 'regio.json'), JSON.stringify(region))
    test = await startTestHub({ region: join(root, 'regio.json') })
  })
  after(async () => {
    await test.stop()
    rmSync(root, { recursive: true })
  })

  it('are never taken in as they are, and stand in the result for a person to confirm', async () => {
    const body = readFileSync(new URL('ijw/samples/jw305.xml', SAMPLES))
    const headers = { 'content-type': 'application/xml' }
    const answer = await test.ask('rubicon', 'POST', '/registraties/_bestand?adapter=ijw', { body, headers })
    const rows = answer.body.resultaten as { status: number; fouten: { code: string }[] }[]
    expect(rows.map(({ status, fouten }) => [status, fouten[0]?.code])).to.deep.equal(Array(3).fill([400, 'concept']))
    expect((await test.ask('rubicon', 'GET', '/registraties')).body.registraties).to.deep.equal([])
    const { text } = await test.ask('rubicon', 'GET', `/leveringen/${answer.body.leveringId}`)
    const drafts = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).concept)
    const confirmed = await test.ask('rubicon', 'POST', '/registraties', { body: drafts[0] })
    expect(confirmed.status).to.equal(201)
  })
})

describe('counts without persons', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  it('are kept once, whatever often the sheet comes, and make no registration', async () => {
    const body = readFileSync(new URL('registratieformulier/samples/gesprekken.xlsx', SAMPLES))
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const send = () =>
      test.ask('rubicon', 'POST', '/registraties/_bestand?adapter=registratieformulier', {
        body,
        headers: { 'content-type': type },
      })
    const statuses = (answer: Awaited<ReturnType<typeof send>>) =>
      (answer.body.resultaten as { status: number }[]).map(({ status }) => status)
    expect(statuses(await send())).to.deep.equal([201, 201, 201, 201, 201])
    expect(statuses(await send())).to.deep.equal([200, 200, 200, 200, 200])
    const [counted] = await test.onStore('SELECT sum(count) AS total FROM count_record')
    expect(Number(counted?.total)).to.equal(6)
    expect((await test.ask('rubicon', 'GET', '/registraties')).body.registraties).to.deep.equal([])
  })
})
