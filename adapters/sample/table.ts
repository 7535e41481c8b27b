import type { InventedChild } from '../adapter.ts'
import type { DossierColumns } from '../dossier.ts'
import { escaped } from '../result/outcome.ts'
import { zip } from '../result/zip.ts'

/** The cells of a registration of one child, by the source's own column names; `extra` are its other columns. */
export function dossierCells(
  columns: DossierColumns,
  child: InventedChild,
  extra: Record<string, string>,
): Record<string, string> {
  return {
    [columns.dossier]: `V-${child.number}`,
    [columns.volgnummer]: '1',
    [columns.bsn]: child.bsn,
    [columns.voornamen]: child.voornamen,
    [columns.voorvoegsel]: child.voorvoegsel,
    [columns.geslachtsnaam]: child.geslachtsnaam,
    [columns.geboortedatum]: dutchDate(child.geboortedatum),
    [columns.geslacht]: child.geslacht,
    [columns.postcode]: child.postcode,
    [columns.huisnummer]: String(child.huisnummer),
    [columns.toevoeging]: '',
    [columns.functie]: 'jeugdhulpverlener',
    [columns.telefoon]: '0770000001',
    [columns.begindatum]: dutchDate(child.start),
    [columns.einddatum]: '',
    [columns.status]: 'actief',
    ...extra,
  }
}

export function dutchDate(day: string): string {
  return day.split('-').reverse().join('-')
}

/** Rows of equal columns as CSV. */
export function asCsv(rows: Record<string, string>[], delimiter: ';' | ','): Uint8Array {
  const line = (cells: string[]) => `${cells.map((cell) => (/[;,"\n]/.test(cell) ? `"${cell}"` : cell)).join(delimiter)}\r\n`
  return Buffer.from([Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map(line).join(''))
}

/** Rows of equal columns as a workbook as bare as can be read (ECMA-376 part 1, 18.2 and 18.3), with one sheet. */
export function asWorkbook(rows: Record<string, string>[], sheet: string): Uint8Array {
  const line = (cells: string[]) =>
    `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`).join('')}</row>`
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map(line).join('')
  return zip({
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="${sheet}" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${lines}</sheetData></worksheet>`,
  })
}
