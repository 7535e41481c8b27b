import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ERROR_RATES } from '../bench/linking/errors.ts'
import { familiesOf } from '../bench/linking/families.ts'
import { chanceOf } from '../bench/linking/random.ts'
import { registrationsOf } from '../bench/linking/registrations.ts'

const MAIN = new URL('../main.ts', import.meta.url).pathname
const link = (args: string[], input = '') => execFileSync(process.execPath, [MAIN, 'link', ...args], { input, encoding: 'utf8' })
const chance = chanceOf(7)
const { lines } = registrationsOf(familiesOf({ families: 30, twins: 0.3 }, chance), ERROR_RATES.default!, true, chance)
const ndjson = lines.map((line) => `${JSON.stringify(line)}\n`).join('')

describe('verwijsindex link', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'link-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('answers each line in order, with labels of its own output', () => {
    const answers = link(['-'], ndjson)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const persons = new Set(answers.map(({ persoon }) => persoon))
    expect(answers.map(({ rid }) => rid)).to.deep.equal(lines.map(({ rid }) => rid))
    for (const answer of answers) {
      expect(answer).to.have.all.keys('rid', 'persoon', 'uitkomst', 'kandidaten', 'gezin', 'model')
      expect(answer.uitkomst === 'koppelvraag').to.equal(answer.kandidaten.length > 0)
      for (const { persoon } of answer.kandidaten) expect(persons.has(persoon) && persoon !== answer.persoon).to.equal(true)
    }
  })

  it('gives the same bytes from tokens, under any key, in which no value can be read', () => {
    const [input, tokens, others] = ['in', 'tokens', 'others'].map((name) => join(folder, name)) as [string, string, string]
    writeFileSync(input, ndjson)
    link([input, '--tokens-out', tokens])
    link([input, '--tokens-out', others])
    expect(link(['--tokens-in', tokens])).to.equal(link([input]))
    expect(link(['--tokens-in', others])).to.equal(link([input]))
    const written = readFileSync(tokens, 'utf8')
    for (const value of valuesIn(lines)) {
      for (const form of [value, Buffer.from(value).toString('hex'), Buffer.from(value).toString('base64').replace(/=+$/, '')]) {
        expect(written.toLowerCase().includes(form.toLowerCase()), form).to.equal(false)
      }
    }
    const shared = new Set(written.match(/[b-zB-P]{20}/g))
    expect(
      readFileSync(others, 'utf8')
        .match(/[b-zB-P]{20}/g)
        ?.filter((token) => shared.has(token)),
    ).to.deep.equal([])
  })

  it('links under a model without families, from tokens too, in which no value can be read', () => {
    const model = new URL('../../schemas/link-model/personen-1.0.0.json', import.meta.url).pathname
    const homes = lines.map((line, at) => ({
      ...line,
      straat: `Wilgenstraat ${at % 9}`,
      plaats: 'Panningen',
      provincie: 'Limburg',
    }))
    const [input, tokens] = ['homes', 'home-tokens'].map((name) => join(folder, name)) as [string, string]
    writeFileSync(input, homes.map((line) => `${JSON.stringify(line)}\n`).join(''))
    link([input, '--model', model, '--tokens-out', tokens])
    const answers = link([input, '--model', model])
    expect(link(['--tokens-in', tokens, '--model', model])).to.equal(answers)
    expect(() => link(['--tokens-in', tokens])).to.throw(/tokens/)
    const told = answers.trim().split('\n')
    expect(told.map((line) => JSON.parse(line).rid)).to.deep.equal(lines.map(({ rid }) => rid))
    expect(new Set(told.map((line) => JSON.parse(line).persoon)).size).to.be.lessThan(lines.length)
    const written = readFileSync(tokens, 'utf8').toLowerCase()
    for (const value of valuesIn(homes)) expect(written.includes(value.toLowerCase()), value).to.equal(false)
  })

  it('takes what real exports hold', () => {
    const odd = [
      '{"rid":"a"}',
      '{"rid":"b","voornamen":null,"bsn":12,"ouders":"geen","x":{"y":1}}',
      '{"rid":"c","geslachtsnaam":"Berg, J. van den"}',
    ]
    expect(
      link(['-'], `\ufeff${odd.join('\r\n')}\n\n`)
        .trim()
        .split('\n'),
    ).to.have.length(3)
    expect(link(['-'], '')).to.equal('')
  })

  it('calls a line what its sender calls it, also through tokens', () => {
    const rids = [7, '7', ' spaties ', 1.5, 'é', '']
    const file = join(folder, 'rids')
    writeFileSync(file, rids.map((rid) => `${JSON.stringify({ rid, bsn: '999900018' })}\n`).join(''))
    const tokens = join(folder, 'rid-tokens')
    link([file, '--tokens-out', tokens])
    for (const answers of [link([file]), link(['--tokens-in', tokens])])
      expect(
        answers
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).rid),
      ).to.deep.equal(rids)
  })

  it('names the line that is no JSON object, and takes one file', () => {
    const refused = (input: string, ...more: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'link', '-', ...more], { input, encoding: 'utf8' })
      return { status, stdout, stderr: stderr.trim() }
    }
    for (const line of ['{x', 'null', '[{"rid":"b"}]', '"b"'])
      expect(refused(`{"rid":"a"}\n\n${line}\n`)).to.deep.equal({ status: 1, stdout: '', stderr: 'Regel 3 is geen JSON-object.' })
    expect(refused('', 'tweede')).to.include({ status: 2, stdout: '' })
  })
})

/** Every text of six characters or more that stands in the lines, at any depth, but for what the lines are called. */
function valuesIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return value.length >= 6 && key !== 'rid' ? [value] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, part]) => valuesIn(part, name))
}
