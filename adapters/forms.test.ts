import { expect } from 'chai'
import fc from 'fast-check'
import type { Adapter } from './adapter.ts'
import { bregje } from './bregje/adapter.ts'
import { brp } from './brp/adapter.ts'
import { codo } from './codo/adapter.ts'
import { eigen } from './eigen/adapter.ts'
import { ij } from './ij/adapter.ts'
import { ijw } from './ijw/adapter.ts'
import { jgz } from './jgz/adapter.ts'
import { mee } from './mee/adapter.ts'
import { myneva } from './myneva/adapter.ts'
import { registratieformulier } from './registratieformulier/adapter.ts'
import { inventedFamilies } from './sample/families.ts'
import { asWorkbook } from './sample/table.ts'
import { type SeenRow, seen } from './seen.ts'
import { stratech } from './stratech/adapter.ts'
import { website } from './website/adapter.ts'

/*
 * One table of registrations, written as real exports differ: the reading of it must not differ. Dates as cells of a workbook have golden samples.
 */

interface Form {
  seed: number
  blankRows: boolean
  mark: boolean
  lineEnd: '\n' | '\r\n'
  encoding: 'utf8' | 'latin1'
  dates: 'dd-mm-jjjj' | 'jjjjmmdd' | 'iso'
  keepsZero: boolean
  quotes: boolean
  chunk_bytes: number
}

const forms: fc.Arbitrary<Form> = fc.record({
  seed: fc.nat(),
  blankRows: fc.boolean(),
  mark: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  encoding: fc.constantFrom('utf8', 'latin1'),
  dates: fc.constantFrom('dd-mm-jjjj', 'jjjjmmdd', 'iso'),
  keepsZero: fc.boolean(),
  quotes: fc.boolean(),
  chunk_bytes: fc.integer({ min: 1, max: 4000 }),
})

const plain: Form = {
  seed: 0,
  blankRows: false,
  mark: false,
  lineEnd: '\n',
  encoding: 'utf8',
  dates: 'iso',
  keepsZero: true,
  quotes: false,
  chunk_bytes: 1_000_000,
}

const PERSONS = [
  {
    bsn: '099990003',
    voornamen: 'Zoë Anne',
    voorvoegsel: "in 't",
    geslachtsnaam: 'Citroën',
    born: '2013-04-01',
    postcode: '5981AB',
    start: '2026-10-01',
  },
  {
    bsn: '999900018',
    voornamen: 'Noor',
    voorvoegsel: '',
    geslachtsnaam: 'Müller',
    born: '2016-12-31',
    postcode: '',
    start: '2026-09-30',
  },
]

const DOSSIER = 'Dossiernr Volgnr BSN Voornamen Tussenvoegsel Achternaam Geboortedatum Geslacht Postcode Huisnr Toev'.split(' ')
const INVOLVEMENT = ['Consulent_functie', 'Telefoon', 'Start', 'Einde', 'Status']
const MEE = [
  'Overeenkomst_getekend',
  'Toestemming_jeugdige',
  'Toestemming_ouder1',
  'Gezag_ouder1',
  'Toestemming_ouder2',
  'Gezag_ouder2',
]
const STRATECH = ['Gemeente', 'Aanmelddatum', 'Urgentie', 'Wachtlijst', 'Handtekening_derden']

function dossierRow(person: (typeof PERSONS)[number], nr: number, form: Form): string[] {
  const bsn = form.keepsZero ? person.bsn : person.bsn.replace(/^0/, '')
  const identity = [
    bsn,
    person.voornamen,
    person.voorvoegsel,
    person.geslachtsnaam,
    dateIn(form, person.born),
    'v',
    person.postcode,
  ]
  return [`D${nr}`, '1', ...identity, '7', '', 'werker', '0770000001', dateIn(form, person.start), '', 'actief']
}

function dateIn({ dates }: Form, iso: string): string {
  const [year, month, day] = iso.split('-')
  if (dates === 'iso') return iso
  return dates === 'jjjjmmdd' ? `${year}${month}${day}` : `${day}-${month}-${year}`
}

function bytesOf(text: string, form: Form): Buffer {
  const isMarked = form.mark && form.encoding === 'utf8'
  return Buffer.from((isMarked ? '\ufeff' : '') + text.replaceAll('\n', form.lineEnd), form.encoding)
}

function csv(header: string[], rows: string[][], delimiter: string, form: Form): Buffer {
  const order = shuffled(header.length, form.seed)
  const line = (cells: string[]) => order.map((at) => (form.quotes ? `"${cells[at]}"` : cells[at])).join(delimiter)
  const blank = form.blankRows ? ['', delimiter.repeat(header.length - 1)] : []
  return bytesOf([header, ...rows].flatMap((row) => [line(row), ...blank]).join('\n'), form)
}

function xml(form: Form): Buffer {
  const records = PERSONS.map((person, nr) => {
    const cells = dossierRow(person, nr, form).map((value, at) => [[...DOSSIER, ...INVOLVEMENT][at]!, value] as const)
    const leaves = cells.slice(2).map(([name, value]) => `<${name}>${value}</${name}>`)
    const parts = [
      `<Client>${shuffled(leaves.length, form.seed)
        .map((at) => leaves[at])
        .join(form.blankRows ? '\n\n' : '')}</Client>`,
      '<Ouder gezag="ja"/>',
      '<Besluit geaccepteerd="ja"/>',
      `<Overeenkomst getekend="ja" datum="${dateIn(form, person.start)}"/>`,
    ]
    return `<Aanmelding versie="1" nummer="D${nr}">${shuffled(parts.length, form.seed)
      .map((at) => parts[at])
      .join('')}</Aanmelding>`
  })
  const declared = form.encoding === 'utf8' ? 'UTF-8' : 'windows-1252'
  return bytesOf(`<?xml version="1.0" encoding="${declared}"?>\n<Aanmeldingen>${records.join('\n')}</Aanmeldingen>`, form)
}

const EIGEN = {
  bronbericht: (_: (typeof PERSONS)[number], nr: number) => `b${nr}`,
  kenmerk: (_: (typeof PERSONS)[number], nr: number) => `k${nr}`,
  versie: () => '1',
  'persoon.bsn': ({ bsn }: (typeof PERSONS)[number], _: number, form: Form) => (form.keepsZero ? bsn : bsn.replace(/^0/, '')),
  'persoon.geslachtsnaam': ({ geslachtsnaam }: (typeof PERSONS)[number]) => geslachtsnaam,
  'persoon.geboortedatum': ({ born }: (typeof PERSONS)[number], _: number, form: Form) => dateIn(form, born),
  'betrokkenheid.status': () => 'actief',
  'betrokkenheid.begindatum': ({ start }: (typeof PERSONS)[number], _: number, form: Form) => dateIn(form, start),
  'contact.functie': () => 'werker',
}

const WRITERS: [string, Adapter, (form: Form) => Buffer][] = [
  [
    'mee',
    mee,
    (form) =>
      csv(
        [...DOSSIER, ...INVOLVEMENT, ...MEE],
        PERSONS.map((person, nr) => [...dossierRow(person, nr, form), 'ja', 'ja', 'nee', 'ja', '', '']),
        ';',
        form,
      ),
  ],
  [
    'stratech',
    stratech,
    (form) =>
      csv(
        [...DOSSIER, ...INVOLVEMENT, ...STRATECH],
        PERSONS.map((person, nr) => [...dossierRow(person, nr, form), '1894', '', '', '', 'ja']),
        ',',
        form,
      ),
  ],
  [
    'eigen',
    eigen,
    (form) =>
      csv(
        Object.keys(EIGEN),
        PERSONS.map((person, nr) => Object.values(EIGEN).map((cell) => cell(person, nr, form))),
        form.seed % 2 ? ';' : ',',
        form,
      ),
  ],
  ['ij', ij, xml],
  ['codo', codo, workbook],
  ['myneva', myneva, (form) => inventedTable(myneva, ';', form)],
  ['bregje', bregje, (form) => inventedTable(bregje, ';', form)],
  ['website', website, signUps],
  ['jgz', jgz, messages],
  ['brp', brp, (form) => inventedTable(brp, ';', form)],
  ['registratieformulier', registratieformulier, conversations],
  ['ijw', ijw, products],
  ['stratech, as an e-mail', stratech, mail],
]

const CODO = ['Verwijsroute', 'Kader', 'Hulpvorm', 'WachtlijstVanaf', 'Evaluatiedatum']

function workbook(form: Form): Buffer {
  const header = [...DOSSIER, ...INVOLVEMENT, ...CODO]
  const rows = PERSONS.map((person, nr) => [
    ...dossierRow(person, nr, form),
    'huisarts',
    'OTS',
    '',
    '',
    dateIn(form, '2026-12-01'),
  ])
  const order = shuffled(header.length, form.seed)
  const blank = form.blankRows ? [header.map(() => '')] : []
  const table = rows.flatMap((row) => [row, ...blank]).map((row) => order.map((at) => [header[at]!, row[at]!]))
  return Buffer.from(
    asWorkbook(
      table.map((cells) => Object.fromEntries(cells)),
      'Aanmelding',
    ),
  )
}

/** What an adapter's own sample holds, as a form has it: dates and numbers that lost their zero are recognised by their shape. */
function inventedTable(adapter: Adapter, delimiter: string, form: Form): Buffer {
  const [header, ...rows] = Buffer.from(adapter.sample(inventedFamilies(1, 6).slice(0, 2)))
    .toString()
    .trim()
    .split('\r\n')
    .map((line) => line.split(delimiter))
  return csv(
    header!,
    rows.map((row) =>
      row.map((cell) => (/^\d\d-\d\d-\d{4}$/.test(cell) ? dateIn(form, cell.split('-').reverse().join('-')) : cell)),
    ),
    delimiter,
    form,
  )
}

/** The sheet of conversations, which holds no persons. */
function conversations(form: Form): Buffer {
  const days = ['2026-10-01', '2026-09-30'].map((day) => dateIn(form, day))
  const header = ['Gesprek', 'Datum', 'Gemeente', 'Probleem', 'Verwijzing']
  const rows = days.map((day, nr) => [String(nr + 1), day, '1894', 'wonen', 'veilig thuis'])
  const order = shuffled(header.length, form.seed)
  const blank = form.blankRows ? [header.map(() => '')] : []
  const table = rows.flatMap((row) => [row, ...blank]).map((row) => order.map((at) => [header[at]!, row[at]!]))
  return Buffer.from(
    asWorkbook(
      table.map((cells) => Object.fromEntries(cells)),
      'Registratie',
    ),
  )
}

/** Start messages of iJw; the standard fixes the order of a message, so that only what belongs to a client is permuted. */
function products(form: Form): Buffer {
  const tag = form.quotes ? 'p:' : ''
  const clients = PERSONS.map(({ bsn, voornamen, geslachtsnaam, born, start }, nr) => {
    const parts = [
      `<Bsn>${form.keepsZero ? bsn : bsn.replace(/^0/, '')}</Bsn>`,
      `<Geboortedatum><Datum>${dateIn(form, born)}</Datum></Geboortedatum>`,
      '<Geslacht>2</Geslacht>',
      `<Naam><Geslachtsnaam><Naam>${geslachtsnaam}</Naam></Geslachtsnaam><Voornamen>${voornamen}</Voornamen></Naam>`,
      `<StartProducten><StartProduct><ToewijzingNummer>${nr}</ToewijzingNummer><Begindatum>${dateIn(form, start)}</Begindatum></StartProduct></StartProducten>`,
    ]
    return `<Client>${shuffled(parts.length, form.seed)
      .map((at) => parts[at])
      .join(form.blankRows ? '\n\n' : '')}</Client>`
  })
  const header = '<Header><BerichtIdentificatie><Identificatie>B-1</Identificatie></BerichtIdentificatie></Header>'
  const text = `<Bericht>${header}<Clienten>${clients.join('\n')}</Clienten></Bericht>`.replace(/<(\/?)/g, `<$1${tag}`)
  const space = `xmlns${form.quotes ? ':p' : ''}="http://www.istandaarden.nl/ijw/3_2/jw305/schema"`
  const declared = `<?xml version="1.0" encoding="${form.encoding === 'utf8' ? 'UTF-8' : 'ISO-8859-1'}"?>\n`
  return bytesOf(declared + text.replace('Bericht', `Bericht ${space}`), form)
}

/** One e-mail as WegWijZer sends it on; a second label is a second person's, so that the message holds one. */
function mail(form: Form): Buffer {
  const labels = [...DOSSIER, ...INVOLVEMENT, ...STRATECH]
  const cells = [...dossierRow(PERSONS[0]!, 0, form), '1894', '', '', '', 'ja']
  const blank = form.blankRows ? '\n\n' : '\n'
  const lines = shuffled(labels.length, form.seed).map((at) => `${labels[at]}: ${cells[at]}`)
  return bytesOf(`From: a@voorbeeld.example\n\nBeste collega,\n\n${lines.join(blank)}\n\nMet groet\n`, form)
}

function signUps(form: Form): Buffer {
  const records = PERSONS.map(({ voornamen, geslachtsnaam, born, start }, nr) => {
    const kind = Object.entries({ voornamen, achternaam: geslachtsnaam, geboortedatum: dateIn(form, born) })
    const parts = Object.entries({
      nummer: `W-${nr}`,
      ingediendOp: dateIn(form, start),
      kind: Object.fromEntries(kind.reverse()),
    })
    return JSON.stringify(Object.fromEntries(shuffled(parts.length, form.seed).map((at) => parts[at]!)))
  })
  const blank = form.blankRows ? '\n\n' : '\n'
  return bytesOf(form.quotes ? `[${records.join(`,${blank}`)}]` : records.join(blank), form)
}

function messages(form: Form): Buffer {
  const prefix = form.quotes ? 'h:' : ''
  const records = PERSONS.map(({ bsn, voornamen, geslachtsnaam, born, start }, nr) => {
    const id = form.keepsZero ? bsn : bsn.replace(/^0/, '')
    const [birth, day] = [born, start].map((date) => date.replaceAll('-', '') + (form.dates === 'iso' ? '' : '000000'))
    const parts = [
      `<name><given>${voornamen}</given><family>${geslachtsnaam}</family></name>`,
      `<birthTime value="${birth}"/>`,
      '<administrativeGenderCode code="F"/>',
    ]
    const person = shuffled(parts.length, form.seed).map((at) => parts[at])
    const patient = `<patient><id root="2.16.840.1.113883.2.4.6.3" extension="${id}"/><patientPerson>${person.join('')}</patientPerson></patient>`
    const observation = `<observation><id extension="W-${nr}"/><code code="1195"/><effectiveTime value="${day}"/></observation>`
    const acts = form.seed % 2 ? observation + patient : patient + observation
    return `<REPC_IN000024NL><id extension="B-${nr}"/><creationTime value="20261001"/>${acts}</REPC_IN000024NL>`
  })
  const text = `<berichten>${records.join(form.blankRows ? '\n\n' : '')}</berichten>`.replace(/<(\/?)/g, `<$1${prefix}`)
  const declared = `<?xml version="1.0" encoding="${form.encoding === 'utf8' ? 'UTF-8' : 'ISO-8859-1'}"?>`
  const named = text.replace('berichten', `berichten xmlns${form.quotes ? ':h' : ''}="urn:hl7-org:v3"`)
  return bytesOf(`${declared}\n${named}`, form)
}

describe('the same registrations, however an export writes them', () => {
  for (const [name, adapter, write] of WRITERS)
    it(`${name}: order of columns, blank rows, mark, line ends, encodings, dates, lost zeros, chunks`, async () => {
      const expected = withoutPlace(await seen(adapter, write(plain)))
      expect(expected).to.have.length(write === mail ? 1 : PERSONS.length)
      for (const row of expected) expect(row).to.have.any.keys('registratie', 'tellingen', 'gebeurtenis', 'concept')
      await fc.assert(
        fc.asyncProperty(forms, async (form) => {
          expect(withoutPlace(await seen(adapter, chunks(write(form), form.chunk_bytes)))).to.deep.equal(expected)
        }),
      )
    })
})

function withoutPlace(rows: SeenRow[]): Omit<SeenRow, 'regel'>[] {
  return rows.map(({ regel: _, ...row }) => row)
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** The numbers below `length` in an order that follows from the seed; seed 0 leaves them as they are. */
function shuffled(length: number, seed: number): number[] {
  const order = Array.from({ length }, (_, index) => index)
  let state = seed
  for (let at = length - 1; seed > 0 && at > 0; at--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const other = state % (at + 1)
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
  return order
}
