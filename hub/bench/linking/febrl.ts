import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Line, Truth } from './registrations.ts'

export interface FebrlSet {
  name: string
  lines: Line[]
  truth: Truth[]
}

/**
 * The FEBRL sets as lines of `link`: the number of a person stands for a BSN (with a check digit of ours, so that the eleven test passes),
 * suburb and state for place and province. For a model without families. Null when the folder is not there.
 */
export function febrlSets(folder: string, withNumber: boolean): FebrlSet[] | null {
  if (!existsSync(join(folder, 'dataset3.csv'))) return null
  const set = (name: string, ...files: string[]): FebrlSet => {
    const rows = files.flatMap(
      (file) => parse(readFileSync(join(folder, file)), { columns: true, trim: true }) as Record<string, string>[],
    )
    return {
      name,
      lines: rows.map((row) => lineOf(row, withNumber)),
      truth: rows.map(({ rec_id: id = '' }) => ({ rid: id, person: id.split('-')[1]!, family: '', linkable: true, twin: null })),
    }
  }
  return [
    set('FEBRL4', 'dataset4a.csv', 'dataset4b.csv'),
    set('FEBRL3', 'dataset3.csv'),
    set('FEBRL2', 'dataset2.csv'),
    set('FEBRL1', 'dataset1.csv'),
  ]
}

function lineOf(row: Record<string, string>, withNumber: boolean): Line {
  return {
    rid: row.rec_id!,
    bsn: withNumber ? numberOf(row.soc_sec_id ?? '') : '',
    voornamen: row.given_name,
    geslachtsnaam: row.surname,
    geboortedatum: row.date_of_birth,
    postcode: row.postcode,
    huisnummer: row.street_number,
    straat: row.address_1,
    buurt: row.address_2,
    plaats: row.suburb,
    provincie: row.state,
  }
}

function numberOf(number: string): string {
  for (let tens = 0; tens < 10 && /^\d{7}$/.test(number); tens++) {
    const digits = `${number}${tens}`
    const check = [9, 8, 7, 6, 5, 4, 3, 2].reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11
    if (check < 10) return `${digits}${check}`
  }
  return ''
}
