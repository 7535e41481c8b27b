import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { WORKBOOK, workbookOf } from '../../deploy/example/workbook.ts'
import { isBsn } from '../../schemas/bsn.ts'
import type { DemoReport } from '../demo/report.ts'

const run = promisify(execFile)
const EXAMPLE = fileURLToPath(new URL('../../deploy/voorbeeldregio', import.meta.url))
const COMMAND = fileURLToPath(new URL('../verwijsindex.mjs', import.meta.url))

describe('the demo is not canned', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verwijsindex-regio-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('counts the same when every name and number of the example is another', async function () {
    this.timeout(120_000)
    const replaced = join(folder, 'regio')
    cpSync(EXAMPLE, replaced, { recursive: true })
    const count = replaceEverywhere(replaced)
    expect(count).to.be.greaterThan(150)
    const [original, other] = [await report(EXAMPLE, join(folder, 'a')), await report(replaced, join(folder, 'b'))]
    expect(other).to.deep.equal(original)
    expect(original.matches.zichtbaar).to.be.greaterThan(0)
    expect(original.matches.verzegeld).to.be.greaterThan(0)
  })
})

/** The demo's report on a region, run as its user runs it, on an empty store. */
async function report(dir: string, place: string): Promise<DemoReport> {
  const folders = { DATA_DIR: join(place, 'data'), KEYS_DIR: join(place, 'keys'), STATE_DIR: join(place, 'state') }
  const env = { ...process.env, ...folders, PORT: '0', CLOCK: '2026-11-22T09:00:00Z', DEMO: '1' }
  const { stdout } = await run(process.execPath, [COMMAND, 'demo', '--once', '--json', '--dir', dir], { env })
  return JSON.parse(stdout)
}

/** Replaces every given name, surname and number, each always by the same new one; answers how many there were. */
function replaceEverywhere(dir: string): number {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^README\.md$|\.xlsx$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const sources = files.map((file) => decoded(readFileSync(file)))
  const texts = sources.map(({ text }) => text)
  const words = new Map<string, string>()
  const numbers = new Map<string, string>()
  for (const text of texts) {
    for (const [word] of text.matchAll(NAME)) if (!words.has(word)) words.set(word, madeUpName(words.size))
    for (const [digits] of text.matchAll(/\b9\d{8}\b/g))
      if (isBsn(digits)) numbers.set(digits, numbers.get(digits) ?? madeUpNumber(numbers.size))
  }
  for (const [i, file] of files.entries()) {
    const named = (texts[i] as string).replace(/\p{L}+/gu, (word) => words.get(word) ?? word)
    writeFileSync(
      file,
      named.replace(/\b9\d{8}\b/g, (digits) => numbers.get(digits) ?? digits),
      'latin1',
    )
  }
  writeFileSync(join(dir, WORKBOOK.file), workbookOf(readFileSync(join(dir, WORKBOOK.text), 'latin1')))
  return words.size + numbers.size
}

/** One of the sources writes Windows-1252, of which this region uses only what Latin-1 has too. */
function decoded(bytes: Buffer): { text: string; encoding: BufferEncoding } {
  const text = bytes.toString('utf8')
  return text.includes('\uFFFD') ? { text: bytes.toString('latin1'), encoding: 'latin1' } : { text, encoding: 'utf8' }
}

/** A capitalised word where a name stands: in a name's XML element, JSON field, or between the delimiters of a CSV row. */
const NAME =
  /(?<=<(?:Voornamen|Achternaam)>[^<]*)\p{Lu}\p{L}{2,}|(?<="(?:voornamen|geslachtsnaam)":"[^"]*)\p{Lu}\p{L}{2,}|(?<=^(?:M-|V26-|R-).*[;,](?:\p{Lu}\p{L}+ )?)\p{Lu}\p{L}{2,}(?=[ ;,])(?<!Actief|Wachtlijst|Aangemeld|Intake|Nazorg|Waakvlam|Afgesloten|Overbrugging)/gmu

const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'ke', 'lo', 'mi', 'na', 'pe', 'ru', 'sa', 'to', 'vi', 'wo', 'ze']

function madeUpName(index: number): string {
  const at = (power: number) => SYLLABLES[Math.floor(index / 15 ** power) % 15] as string
  const name = at(0) + at(1) + at(2) + at(0)
  return name[0]?.toUpperCase() + name.slice(1)
}

function madeUpNumber(index: number): string {
  for (let number = 970_000_000 + index * 1000; ; number++) if (isBsn(String(number))) return String(number)
}
