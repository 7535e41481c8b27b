import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { readPolicy } from '../../edges/policies.ts'
import { differenceOf } from './difference.ts'
import { readCaseLine } from './read-line.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDER = `${ROOT}schemas/policies/`
const CASE = {
  peildatum: '2026-03-01',
  persoon: { geboortedatum: '2010-06-15', rolInGezin: 'jeugdige' },
  gezagsdragers: [{ kenmerk: 'o1', gezag: 'ja' }],
  toestemmingen: [{ over: 'jeugdige', gever: 'o1', antwoord: 'ja', vorm: 'mondeling' }],
  ontvanger: { id: 'mee', soort: 'welzijn' },
  over: 'jeugdige',
}

describe('policy: the cases written by hand', () => {
  let total = 0
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.gevallen.ndjson'))) {
    const lines = readFileSync(FOLDER + file, 'utf8')
      .trimEnd()
      .split('\n')
    total += lines.length
    describe(file, () => {
      const policy = readPolicy(file.replace('.gevallen.ndjson', ''))
      for (const line of lines.map(readCaseLine)) {
        it(String(line.geval), () => expect(differenceOf(line, () => policy)).to.equal(null))
      }
    })
  }
  it('are at least 200, each with its source', () => expect(total).to.be.at.least(200))
})

describe('policy: the command', () => {
  it('gives one answer per line, in order, and exit 0 whatever it decides', () => {
    const input = `${JSON.stringify({ geval: 'a', ...CASE })}\r\n${JSON.stringify({ geval: 'b', ...CASE, peildatum: '2026-06-15T08:00:00Z' })}`
    const { status, stdout } = run(['decide', 'peel-en-maas-1g1p@1', '-'], input)
    const reglement = 'peel-en-maas-1g1p@1'
    expect(status).to.equal(0)
    expect(parsedLines(stdout)).to.deep.equal([
      {
        geval: 'a',
        besluit: 'weigeren',
        regel: '12-16-beiden',
        grond: 'toestemming-ontbreekt',
        ontbreekt: ['jeugdige'],
        reglement,
      },
      {
        geval: 'b',
        besluit: 'weigeren',
        regel: 'vanaf-16-jongere',
        grond: 'toestemming-ontbreekt',
        ontbreekt: ['jeugdige'],
        reglement,
      },
    ])
  })

  it('refuses a line that is no case, says why, and goes on; exit 1', () => {
    const { status, stdout } = run(
      ['decide', 'ouders-12-16', '-'],
      `geen json\n\n{"geval":"leeg"}\n${JSON.stringify({ geval: 'd', ...CASE })}\n`,
    )
    expect(status).to.equal(1)
    const answers = parsedLines(stdout)
    expect(answers.map(({ geval, regel }) => [geval, regel])).to.deep.equal([
      [null, 'fout'],
      [null, 'fout'],
      ['leeg', 'fout'],
      ['d', '12-16-gezagsdragers'],
    ])
    expect(answers.map(({ besluit }) => besluit)).to.deep.equal(['weigeren', 'weigeren', 'weigeren', 'toestaan'])
    expect(answers[2].fouten.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      '/peildatum',
      '/persoon',
      '/ontvanger',
    ])
  })

  it('takes a region’s own file by its path', () => {
    const { status, stdout } = run(['decide', './schemas/policies/venray.json', '-'], JSON.stringify({ geval: 1, ...CASE }))
    expect([status, parsedLines(stdout)[0].reglement]).to.deep.equal([0, 'venray@1'])
  })

  it('tests a file of cases and shows what differs', () => {
    const good = run(['test', 'schemas/policies/jeugdwet-7.1.gevallen.ndjson'])
    expect(good.status).to.equal(0)
    expect(parsedLines(good.stdout)[0].samenvatting.verschillen).to.equal(0)
    const bad = run(
      ['test', '-', '--reglement', 'ouders-12-16'],
      JSON.stringify({ geval: 'x', ...CASE, verwacht: { besluit: 'weigeren' } }),
    )
    expect(bad.status).to.equal(1)
    expect(parsedLines(bad.stdout)[0]).to.deep.equal({
      regelnummer: 1,
      geval: 'x',
      verwacht: { besluit: 'weigeren' },
      gekregen: { besluit: 'toestaan' },
    })
    const silent = run(['test', '-', '--reglement', 'ouders-12-16'], JSON.stringify({ geval: 'x', ...CASE }))
    expect(silent.status, 'a case that expects nothing').to.equal(1)
  })

  it('tells which decisions a change of policy changes', () => {
    const { status, stdout } = run(['diff', 'peel-en-maas-1g1p', 'ouders-12-16', '-'], JSON.stringify({ geval: 'x', ...CASE }))
    expect(status).to.equal(1)
    const [change, { samenvatting }] = parsedLines(stdout)
    expect([change.geval, change.van.besluit, change.naar.besluit]).to.deep.equal(['x', 'weigeren', 'toestaan'])
    expect(samenvatting).to.include({ gevallen: 1, gewijzigd: 1, opent: 1, sluit: 0 })
    expect(run(['diff', 'peel-en-maas-1g1p', 'peel-en-maas-1g1p']).status).to.equal(0)
  })

  it('ends with exit 2 on wrong use', () => {
    const uses = [
      [],
      ['decide'],
      ['decide', 'bestaat-niet', '-'],
      ['decide', 'ouders-12-16@9', '-'],
      ['decide', 'ouders-12-16', '/bestaat/niet'],
      ['test', '--onzin'],
    ]
    for (const args of uses) expect(run(args).status, args.join(' ')).to.equal(2)
  })
})

function run(args: string[], input = ''): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, ['hub/main.ts', 'policy', ...args], { cwd: ROOT, input, encoding: 'utf8' })
}

// biome-ignore lint/suspicious/noExplicitAny: answers of the program under test
function parsedLines(text: string): any[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}
