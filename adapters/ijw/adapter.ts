import type { Adapter, AdapterContext, AdapterRow } from '../adapter.ts'
import { bsn, code, date, partialDate, type Row, text } from '../cells.ts'
import { present } from '../dossier.ts'
import type { XmlElement } from '../readers/xml.ts'
import { elementAt, elementsNamed, readXmlTree } from '../readers/xml-tree.ts'
import { CLIENT_PATHS, KNOWN_CHARS, MESSAGE_ID, NAMESPACE, PRODUCT_PATHS, PRODUCTS, SEXES, TAKEN_BACK } from './names.ts'
import { sample } from './sample.ts'

/** Start and stop of help as providers tell municipalities (iJw 3.2): only drafts, which a person confirms. See README.md. */
export const ijw: Adapter = { name: 'ijw', mediaTypes: ['application/xml', 'text/xml'], result: 'ndjson', read, sample }

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  const message = await readXmlTree(content, (uri) => NAMESPACE.test(uri))
  const id = elementAt(message, MESSAGE_ID)?.text ?? ''
  let regel = 0
  for (const client of elementsNamed(message, 'Client'))
    for (const [kind, name] of Object.entries(PRODUCTS))
      for (const product of elementsNamed(client, name)) {
        regel += 1
        yield mapProduct({ regel, id, client, product, stops: kind === 'stop' }, context)
      }
}

interface Place {
  regel: number
  id: string
  client: XmlElement
  product: XmlElement
  stops: boolean
}

function mapProduct({ regel, id, client, product, stops }: Place, context: AdapterContext): AdapterRow {
  const cells = { ...cellsAt(client, CLIENT_PATHS), ...cellsAt(product, PRODUCT_PATHS) }
  const row: Row = { cells: Object.assign(Object.create(null), cells), fouten: [] }
  const number = text(row, PRODUCT_PATHS.nummer)
  const bronbericht = id && number ? `${id}-${number}` : undefined
  if (!id) row.fouten.push({ pointer: MESSAGE_ID, ...NO_ID })
  if (text(row, PRODUCT_PATHS.status) === TAKEN_BACK) row.fouten.push({ pointer: PRODUCT_PATHS.status, ...BACK })
  const registratie = present({
    bronbericht,
    kenmerk: number,
    versie: stops ? 2 : 1,
    persoon: personFrom(row, context),
    betrokkenheid: present({
      status: stops ? 'afgesloten' : 'actief',
      begindatum: date(row, PRODUCT_PATHS.begin),
      einddatum: stops ? date(row, PRODUCT_PATHS.einde) : undefined,
    }),
    contact: { functie: 'zorgaanbieder' },
  })
  const known = bronbericht === undefined ? {} : { bronbericht }
  return {
    regel,
    ...known,
    registratie,
    concept: true,
    toestemmingen: [],
    fouten: row.fouten,
    bron: JSON.stringify(cells),
    cellen: row.cells,
    sourceOf,
  }
}

function personFrom(row: Row, context: AdapterContext) {
  const known = KNOWN_CHARS[text(row, CLIENT_PATHS.datumGebruik) ?? ''] ?? 10
  const born = partialDate(row, CLIENT_PATHS.geboortedatum)?.slice(0, known)
  return present({
    bsn: bsn(row, CLIENT_PATHS.bsn),
    voornamen: text(row, CLIENT_PATHS.voornamen),
    voorvoegsel: text(row, CLIENT_PATHS.voorvoegsel),
    geslachtsnaam: text(row, CLIENT_PATHS.geslachtsnaam),
    geboortedatum: born || undefined,
    geslacht: code(row, CLIENT_PATHS.geslacht, SEXES),
    gemeente: context.gemeente,
    rolInGezin: 'jeugdige',
  })
}

function cellsAt(element: XmlElement, paths: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.values(paths).map((path) => [path, elementAt(element, path)?.text ?? '']))
}

const SOURCES: Record<string, string> = {
  '/bronbericht': MESSAGE_ID,
  '/kenmerk': PRODUCT_PATHS.nummer,
  '/persoon': CLIENT_PATHS.bsn,
  '/betrokkenheid/begindatum': PRODUCT_PATHS.begin,
  '/betrokkenheid/einddatum': PRODUCT_PATHS.einde,
  ...Object.fromEntries(Object.entries(CLIENT_PATHS).map(([field, path]) => [`/persoon/${field}`, path])),
}

function sourceOf(pointer: string): string {
  return SOURCES[pointer] ?? pointer
}

const NO_ID = {
  code: 'verplicht',
  melding: 'De identificatie van het bericht ontbreekt.',
  watNu: 'Stuur het bericht zoals het gemaakt is.',
}
const BACK = {
  code: 'ingetrokken',
  melding: 'Dit product trekt een eerdere levering in.',
  watNu: 'Beëindig de registratie zelf, als zij bevestigd was.',
}
