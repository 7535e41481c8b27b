import type { InventedChild } from '../adapter.ts'
import { escaped } from '../result/outcome.ts'
import { dossierCells, dutchDate } from '../sample/table.ts'
import { CLIENT, COLUMNS, FILE, PARENT, RECORD } from './columns.ts'

/** A file with a record for each child. */
export function sample(children: InventedChild[]): Uint8Array {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<${FILE}>\n${children.map(record).join('')}</${FILE}>\n`)
}

function record(child: InventedChild): string {
  const { [COLUMNS.dossier]: nummer, [COLUMNS.volgnummer]: versie, ...cells } = dossierCells(COLUMNS, child, {})
  const { gezag, voornamen, geslachtsnaam } = child.ouder
  const parent = leaf(COLUMNS.voornamen, voornamen) + leaf(COLUMNS.geslachtsnaam, geslachtsnaam)
  const leaves = Object.entries(cells).map(([name, value]) => leaf(name, value))
  return `  <${RECORD} nummer="${nummer}" versie="${versie}">
    <${CLIENT}>${leaves.join('')}</${CLIENT}>
    <${PARENT} gezag="${gezag}">${parent}</${PARENT}>
    <Besluit geaccepteerd="ja"/><Overeenkomst getekend="ja" datum="${dutchDate(child.start)}"/>
  </${RECORD}>
`
}

function leaf(name: string, value: string): string {
  return `<${name}>${escaped(value)}</${name}>`
}
