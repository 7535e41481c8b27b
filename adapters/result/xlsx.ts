import { cellsOf, escaped, HEADER } from './outcome.ts'
import type { ResultWriter } from './writer.ts'
import { zip } from './zip.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const FORMATS = 'http://schemas.openxmlformats.org'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const RELATIONS = `${FORMATS}/officeDocument/2006/relationships`

/** What a workbook with one sheet cannot do without (ECMA-376 part 2, 9; part 1, 18.2). */
const PARTS = {
  '[Content_Types].xml': `${DECLARATION}<Types xmlns="${FORMATS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': relations('officeDocument', 'xl/workbook.xml'),
  'xl/workbook.xml': `${DECLARATION}<workbook xmlns="${FORMATS}/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets><sheet name="Resultaat" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relations('worksheet', 'worksheets/sheet1.xml'),
}

/** The outcomes as a workbook in which every cell is text (ECMA-376 part 1, 18.3.1.53): nothing in it is a formula. */
export const xlsxWriter: ResultWriter = {
  contentType: `${SHEET_TYPE}.sheet`,
  extension: 'xlsx',
  head: `${DECLARATION}<worksheet xmlns="${FORMATS}/spreadsheetml/2006/main"><sheetData>${sheetRow(HEADER)}`,
  row: (row) => sheetRow(cellsOf(row)),
  tail: '</sheetData></worksheet>',
  pack: (sheet) => zip({ ...PARTS, 'xl/worksheets/sheet1.xml': sheet }),
}

function relations(type: string, target: string): string {
  const one = `<Relationship Id="rId1" Type="${RELATIONS}/${type}" Target="${target}"/>`
  return `${DECLARATION}<Relationships xmlns="${FORMATS}/package/2006/relationships">${one}</Relationships>`
}

function sheetRow(cells: string[]): string {
  const texts = cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`)
  return `<row>${texts.join('')}</row>`
}
