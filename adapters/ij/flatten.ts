import type { Fault } from '../../schemas/fault.ts'
import type { Row } from '../cells.ts'
import { cell_chars_max } from '../readers/limits.ts'
import { shownName } from '../readers/rows.ts'
import type { XmlElement } from '../readers/xml.ts'
import { ATTRIBUTES, CLIENT, LEAVES, PARENT } from './columns.ts'

/**
 * One record as a row of cells, with a fault for everything that has no place in it: client and involvement under their own names
 * (`BSN`, `Start`), those of parents as `Ouder 1/BSN`, attributes as `Besluit/geaccepteerd`.
 */
export function flatten(record: XmlElement): Row & { parents: number } {
  const row: Row = { cells: Object.create(null), fouten: [] }
  let parents = 0
  takeAttributes(row, record, '')
  takeText(row, record)
  for (const child of record.children) {
    if (child.name === CLIENT) takeLeaves(row, child, '')
    else if (child.name === PARENT) takeLeaves(row, child, `${PARENT} ${++parents}/`)
    else if (child.name in ATTRIBUTES) takeLeaves(row, child, `${child.name}/`)
    else takeLeaf(row, child, record.name, '')
  }
  return { ...row, parents }
}

/** An element that holds leaves and attributes, none of them text of its own. */
function takeLeaves(row: Row, element: XmlElement, prefix: string): void {
  takeAttributes(row, element, prefix)
  takeText(row, element)
  for (const child of element.children) takeLeaf(row, child, element.name, prefix)
}

function takeLeaf(row: Row, leaf: XmlElement, parent: string, prefix: string): void {
  if (!LEAVES[parent]?.includes(leaf.name)) return void row.fouten.push(unknownPart(prefix, leaf.name))
  for (const name of Object.keys(leaf.attributes)) row.fouten.push(unknownPart(`${prefix}${leaf.name}/`, name))
  for (const child of leaf.children) row.fouten.push(unknownPart(`${prefix}${leaf.name}/`, child.name))
  put(row, `${prefix}${leaf.name}`, leaf.text)
}

function takeAttributes(row: Row, element: XmlElement, prefix: string): void {
  for (const [name, value] of Object.entries(element.attributes)) {
    if (ATTRIBUTES[element.name]?.includes(name)) put(row, prefix + name, value.trim())
    else row.fouten.push(unknownPart(prefix, name))
  }
}

function takeText(row: Row, element: XmlElement): void {
  if (element.text === '') return
  const watNu = 'Zet elke waarde in het element dat ervoor bedoeld is.'
  row.fouten.push({ pointer: element.name, code: 'losse-tekst', melding: 'Hier staat losse tekst.', watNu })
}

function put(row: Row, name: string, value: string): void {
  if (row.cells[name]) row.fouten.push({ pointer: name, ...TWICE })
  if (value.length > cell_chars_max) row.fouten.push({ pointer: name, ...TOO_LONG })
  row.cells[name] = value.slice(0, cell_chars_max)
}

function unknownPart(prefix: string, name: string): Fault {
  const pointer = prefix + shownName(name, '?')
  const watNu = 'Verwijder het of herstel de naam; hoofdletters tellen mee.'
  return { pointer, code: 'onbekend-veld', melding: 'Dit element of attribuut hoort hier niet.', watNu }
}

const TWICE = { code: 'dubbel-veld', melding: 'Dit element staat er meer dan eens.', watNu: 'Laat het eenmaal staan.' }
const TOO_LONG = { code: 'te-lang', melding: 'De tekst is te lang.', watNu: `Gebruik ten hoogste ${cell_chars_max} tekens.` }
