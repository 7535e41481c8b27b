import type { Adapter, AdapterContext, AdapterRow, ConsentFromSource } from '../adapter.ts'
import { code, type Row, text, YES_NO, yesNo } from '../cells.ts'
import { registrationFrom, sourceOfDossier } from '../dossier.ts'
import { readCsv } from '../readers/csv.ts'
import { fixedLayout, type SourceRow } from '../readers/rows.ts'
import { AGREEMENT, COLUMNS, GUARDIANS, YOUTH_ANSWER } from './columns.ts'
import { sample } from './sample.ts'

/** The export of MEE's dossiers: CSV with semicolons, a row per version of a dossier. See README.md. */
export const mee: Adapter = { name: 'mee', mediaTypes: ['text/csv'], result: 'csv-semicolon', read, sample }

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for await (const row of readCsv(content, ';', LAYOUT)) yield mapRow(row, context)
}

const LAYOUT = fixedLayout([
  ...Object.values(COLUMNS),
  AGREEMENT,
  YOUTH_ANSWER,
  ...GUARDIANS.flatMap(({ answer, custody }) => [answer, custody]),
])

const sourceOf = sourceOfDossier(COLUMNS)

function mapRow(row: SourceRow, context: AdapterContext): AdapterRow {
  const registratie = registrationFrom(row, COLUMNS, context.gemeente)
  const gezagsdragers = guardiansFrom(row)
  const toestemmingen = consentsFrom(row)
  return {
    regel: row.regel,
    bronbericht: registratie.bronbericht,
    registratie: { ...registratie, gezagsdragers },
    toestemmingen,
    fouten: row.fouten,
    bron: row.bron,
    cellen: row.cells,
    sourceOf,
  }
}

/** An empty custody cell means that there is no such guardian. Their names are not in this source. */
function guardiansFrom(row: Row) {
  const found = GUARDIANS.map(({ kenmerk, custody }) => ({ kenmerk, relatie: 'ouder', gezag: code(row, custody, CUSTODY) }))
  return found.filter(({ gezag }) => gezag !== undefined)
}

const CUSTODY = { ja: 'ja', nee: 'nee', onbekend: 'onbekend' } as const

function consentsFrom(row: Row): ConsentFromSource[] {
  const vorm = yesNo(row, AGREEMENT) ? 'schriftelijk' : 'mondeling'
  const answers = [
    { gever: 'jeugdige', antwoord: code(row, YOUTH_ANSWER, YES_NO) },
    ...GUARDIANS.map((guardian) => ({ gever: guardian.kenmerk, antwoord: guardianAnswer(row, guardian) })),
  ]
  return answers.flatMap(({ gever, antwoord }) =>
    antwoord === 'ja' || antwoord === 'nee' ? [{ over: 'jeugdige', gever, antwoord, vorm, bereik: {} }] : [],
  )
}

/** An answer of a guardian who is not there is a contradiction: dropping it could drop a no. */
function guardianAnswer(row: Row, { answer, custody }: (typeof GUARDIANS)[number]): string | undefined {
  if (text(row, answer) !== undefined && text(row, custody) === undefined) {
    row.fouten.push({
      pointer: custody,
      code: 'verplicht',
      melding: `Er staat een antwoord in ${answer}, maar geen gezag.`,
      watNu: `Vul ${custody} in (ja, nee of onbekend), of maak ${answer} leeg als deze ouder er niet is.`,
    })
  }
  return code(row, answer, YES_NO)
}
