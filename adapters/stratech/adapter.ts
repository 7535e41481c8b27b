import { isDate } from '../../schemas/formats.ts'
import type { Adapter, AdapterContext, AdapterRow } from '../adapter.ts'
import { date, keepable, text } from '../cells.ts'
import { present, registrationFrom, sourceOfDossier } from '../dossier.ts'
import { readCsv } from '../readers/csv.ts'
import { readLabels } from '../readers/labels.ts'
import { peek } from '../readers/peek.ts'
import { fixedLayout, type SourceRow } from '../readers/rows.ts'
import { COLUMNS, DROPPED, MUNICIPALITY, SIGNATURE, SIGNED_UP_ON } from './columns.ts'
import { sample } from './sample.ts'
import { signatureOf } from './signature.ts'

/** The export of Stratech, which Vorkmeer works with, and what WegWijZer mails with the same fields. See README.md. */
export const stratech: Adapter = {
  name: 'stratech',
  mediaTypes: ['text/csv', 'message/rfc822'],
  result: (head) => (isMessage(head) ? 'message' : 'csv-comma'),
  read,
  sample,
}

const LAYOUT = fixedLayout([...Object.values(COLUMNS), MUNICIPALITY, SIGNED_UP_ON, SIGNATURE, ...DROPPED])

const head_bytes = 512

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  const { head, all } = await peek(content, head_bytes)
  const rows = isMessage(head) ? readLabels(all, LAYOUT) : readCsv(all, ',', LAYOUT)
  for await (const row of rows) yield mapRow(row, context)
}

/** An e-mail begins with header fields (RFC 5322 section 2.2): a name of printable signs and a colon. A mark or a blank line may stand before. */
function isMessage(head: Uint8Array): boolean {
  return /^(ï»¿)?\s*(From |[!-9;-~]+:)/.test(Buffer.from(head).toString('latin1'))
}

const dossierSource = sourceOfDossier(COLUMNS)
const sourceOf = (pointer: string) => (pointer === '/persoon/gemeente' ? MUNICIPALITY : dossierSource(pointer))

function mapRow(row: SourceRow, context: AdapterContext): AdapterRow {
  const signedUpOn = date(row, SIGNED_UP_ON)
  const found = registrationFrom(row, COLUMNS, municipalityCode(text(row, MUNICIPALITY)) ?? context.gemeente)
  const firstDay = signedUpOn && isDate(signedUpOn) ? signedUpOn : undefined
  const betrokkenheid = present({ ...found.betrokkenheid, begindatum: found.betrokkenheid.begindatum ?? firstDay })
  const { gezagsdragers, toestemmingen } = signatureOf(row, found.persoon.geboortedatum, firstDay ?? betrokkenheid.begindatum)
  return {
    regel: row.regel,
    bronbericht: found.bronbericht,
    registratie: { ...found, betrokkenheid, gezagsdragers },
    toestemmingen,
    fouten: row.fouten,
    bron: keepable(row.cells, DROPPED),
    cellen: row.cells,
    sourceOf,
  }
}

/** A code of three digits lost its zero in a spreadsheet; what is no code is refused by the schema. */
function municipalityCode(cell: string | undefined): string | undefined {
  return cell && (/^\d{3}$/.test(cell) ? `0${cell}` : cell)
}
