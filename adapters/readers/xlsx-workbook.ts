import { SourceFault } from '../source-fault.ts'
import { shared_chars_max } from './limits.ts'
import { walkXml } from './sax.ts'
import type { OpenEntry } from './zip.ts'

/** What the cells of a sheet refer to. */
export interface Workbook {
  /** Name of the ZIP entry that holds the sheet. */
  sheet: string
  texts: string[]
  /** Per style number of a cell: is a number in it a date? */
  dateStyles: boolean[]
  /** Does day 0 lie in 1904 (old Mac files) instead of 1900? */
  is1904: boolean
}

/** The parts of a workbook (ECMA-376 part 1, 18.2 to 18.8) that its sheet of this name needs. */
export async function readWorkbook(open: OpenEntry, sheetName: string): Promise<Workbook> {
  const { relation, is1904 } = await readSheets(open, sheetName)
  return { sheet: await targetOf(open, relation), texts: await readTexts(open), dateStyles: await readStyles(open), is1904 }
}

async function readSheets(open: OpenEntry, sheetName: string): Promise<{ relation: string; is1904: boolean }> {
  let relation: string | undefined
  let is1904 = false
  await walk(open, 'xl/workbook.xml', (name, attributes) => {
    if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
    if (name === 'sheet' && attributes.name === sheetName) relation = relationOf(attributes)
  })
  if (relation === undefined) throw noSheet(sheetName)
  return { relation, is1904 }
}

/** `r:id`, whatever prefix the file gives the namespace of relations. */
function relationOf(attributes: Record<string, string>): string | undefined {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1]
}

async function targetOf(open: OpenEntry, relation: string): Promise<string> {
  let target = ''
  await walk(open, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
    if (name === 'Relationship' && attributes.Id === relation) target = attributes.Target ?? ''
  })
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** Texts that cells refer to by number; of a formatted one all runs, of a phonetic reading (`rPh`) nothing. */
async function readTexts(open: OpenEntry): Promise<string[]> {
  const texts: string[] = []
  let total_chars = 0
  let isPhonetic = false
  const onOpen = (name: string) => {
    if (name === 'si') texts.push('')
    if (name === 'rPh') isPhonetic = true
    if (total_chars + texts.length * text_overhead_chars > shared_chars_max) throw tooMuch()
  }
  await walk(open, 'xl/sharedStrings.xml', onOpen, (name, text) => {
    if (name === 'rPh') isPhonetic = false
    if (name !== 't' || isPhonetic || texts.length === 0) return
    texts[texts.length - 1] += text
    total_chars += text.length
  })
  return texts
}

/** What an empty text costs, in characters; a million of them is no small thing. */
const text_overhead_chars = 16
/** The most styles that a workbook can have, by its own specification. */
const styles_max = 64_000

/** ECMA-376 part 1, 18.8.30: the built-in formats that show a date. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 30, 36, 50, 57])

async function readStyles(open: OpenEntry): Promise<boolean[]> {
  const dates = new Set(DATE_FORMATS)
  const styles: boolean[] = []
  let inCellFormats = false
  const onOpen = (name: string, attributes: Record<string, string>) => {
    if (name === 'numFmt' && showsDate(attributes.formatCode ?? '')) dates.add(Number(attributes.numFmtId))
    if (name === 'cellXfs') inCellFormats = true
    if (styles.length > styles_max) throw tooMuch()
    if (name === 'xf' && inCellFormats) styles.push(dates.has(Number(attributes.numFmtId)))
  }
  await walk(open, 'xl/styles.xml', onOpen, (name) => {
    if (name === 'cellXfs') inCellFormats = false
  })
  return styles
}

const format_chars_max = 255

/** A format code with a year or a day outside quotes and brackets. */
function showsDate(formatCode: string): boolean {
  return /[ydj]/i.test(formatCode.slice(0, format_chars_max).replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
}

type OnOpen = (name: string, attributes: Record<string, string>) => void

async function walk(open: OpenEntry, entry: string, onOpen: OnOpen, onClose: (name: string, text: string) => void = () => {}) {
  const bytes = open(entry)
  if (!bytes) return
  for await (const _ of walkXml(bytes, { open: onOpen, close: onClose }));
}

function tooMuch(): SourceFault {
  const melding = 'Het werkboek bevat te veel teksten of stijlen.'
  return new SourceFault([{ pointer: '', code: 'te-groot', melding, watNu: 'Verdeel het over meer bestanden.' }], 1)
}

function noSheet(name: string): SourceFault {
  const melding = `Het bestand heeft geen werkblad ‘${name}’.`
  return new SourceFault([{ pointer: '', code: 'geen-werkblad', melding, watNu: `Noem het werkblad ${name}.` }], 1)
}
