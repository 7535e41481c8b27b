import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { AdapterRow } from '../adapters/adapter.ts'
import { allFaults } from '../adapters/faults.ts'
import { adapterNamed } from '../adapters/registry.ts'
import { isBsn } from '../schemas/bsn.ts'
import type { Registratie } from '../schemas/types.ts'
import { validator } from '../schemas/validate.ts'
import { WORKBOOK, workbookOf } from './example/workbook.ts'

const region = new URL('./voorbeeldregio/', import.meta.url)
const clients = foldersIn(region)

describe('the example region', () => {
  it('is read by its adapters, but for the one row in each organisation that is meant to be refused', async () => {
    const faulty: Record<string, string[][]> = {}
    for (const client of clients) {
      const faults = (await rowsOf(client)).map((row) => allFaults(row, validator('registratie')(row.registratie)))
      faulty[client] = faults.filter((list) => list.length > 0).map((list) => list.map(({ pointer }) => pointer))
    }
    expect(faulty).to.deep.equal({
      'bureau-jeugdzorg': [['BSN']],
      mee: [['Status', 'BSN']],
      rubicon: [['/reden']],
      vorkmeer: [['persoon.geboortedatum']],
    })
  })

  it('has each of the four in the format of its own system, and a workbook that is made from its text', () => {
    const own = { 'bureau-jeugdzorg': 'ij', mee: 'mee', rubicon: 'codo', vorkmeer: 'stratech' }
    for (const [client, adapter] of Object.entries(own)) expect(foldersIn(new URL(`${client}/`, region))).to.include(adapter)
    const made = workbookOf(readFileSync(new URL(WORKBOOK.text, region), 'utf8'))
    expect(readFileSync(new URL(WORKBOOK.file, region)).equals(made), 'npm run example').to.equal(true)
  })

  it('records only consents that are good, on registrations and guardians that are there', async () => {
    for (const client of clients) {
      const known = new Map((await rowsOf(client)).map(({ registratie }) => [(registratie as Registratie).kenmerk, registratie]))
      for (const { kenmerk, ...consent } of consentsOf(client)) {
        expect(validator('toestemming')({ ...consent, registratie: 'r_01KAP4K6M0V4QF9J7T5D3W2X1Z' }), kenmerk).to.deep.equal([])
        const guardians = (known.get(kenmerk) as Registratie).gezagsdragers ?? []
        expect(['jeugdige', ...guardians.map((guardian) => guardian.kenmerk)], kenmerk).to.include(consent.gever)
      }
    }
  })

  it('uses only numbers that no person has, and nothing that the hub knows by heart', async () => {
    const hub = textUnder(new URL('../hub/', import.meta.url))
    for (const client of clients)
      for (const { registratie, fouten } of await rowsOf(client)) {
        const { persoon, kenmerk } = registratie as Registratie
        if (persoon.bsn && fouten.length === 0) expect(persoon.bsn).to.satisfy(isBsn).and.to.match(/^9/)
        const telling = [persoon.bsn, kenmerk, persoon.geslachtsnaam].filter((value) => value && hub.includes(value))
        expect(telling).to.deep.equal([])
      }
  })
})

async function rowsOf(client: string): Promise<AdapterRow[]> {
  const rows: AdapterRow[] = []
  for (const adapter of foldersIn(new URL(`${client}/`, region))) {
    const folder = new URL(`${client}/${adapter}/`, region)
    const context = { client, gemeente: '1894', ontvangenOp: '2026-11-22' }
    for (const file of readdirSync(folder).sort())
      for await (const row of adapterNamed(adapter)!.read(readFileSync(new URL(file, folder)), context)) rows.push(row)
  }
  return rows
}

function consentsOf(client: string): { kenmerk: string; gever: string }[] {
  const name = new URL(`${client}/toestemmingen.ndjson`, region)
  const isThere = readdirSync(new URL(`${client}/`, region)).includes('toestemmingen.ndjson')
  return isThere
    ? readFileSync(name, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : []
}

function foldersIn(folder: URL): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

function textUnder(folder: URL): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((file) => readFileSync(`${file.parentPath}/${file.name}`, 'utf8')).join('\n')
}
