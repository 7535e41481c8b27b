import type { DatabaseSync } from 'node:sqlite'
import type { Attack } from './attacks.ts'

// Attacks that change what kind of table the log is first, so that SQLite itself no longer refuses them. For tests.

export const SCHEMA_ATTACKS: Record<string, Attack> = {
  'a row twice, after the primary key was taken away': (raw, size, chance) => {
    const number = 1 + chance(size)
    loosen(raw, 'access_log')
    raw.exec(`INSERT INTO access_log SELECT * FROM access_log WHERE number = ${number}`)
    // The first of the two is the line; the second stands where the next should.
    return number
  },
  'a number that is text, null, broken, negative or too large': (raw, size, chance) => {
    const number = 1 + chance(size)
    loosen(raw, 'access_log')
    const value = [`'${number}'`, 'NULL', `${number}.5`, `-${number}`, '4611686018427387904', `x'${'00'.repeat(8)}'`][chance(6)]
    raw.exec(`UPDATE access_log SET number = ${value} WHERE number = ${number}`)
    return number
  },
  'null where text belongs, and an empty text where null does': (raw, size, chance) => {
    const number = 1 + chance(size)
    loosen(raw, 'access_log')
    const column = ['actie', 'client', 'uitkomst', 'controles', 'herkomst', 'trace_id', 'tijdstip', 'zout', 'blad'][chance(9)]
    raw.exec(`UPDATE access_log SET ${column} = ${chance(2) ? 'NULL' : "''"} WHERE number = ${number}`)
    return number
  },
  'something written in a column that was added': (raw, size, chance) => {
    const number = 1 + chance(size)
    raw.exec('ALTER TABLE access_log ADD COLUMN noot')
    raw.exec(`UPDATE access_log SET noot = 'x' WHERE number = ${number}`)
    return number
  },
  'text behind a zero byte': (raw, size, chance) => {
    const number = 1 + chance(size)
    raw.exec(`UPDATE access_log SET client = client || char(0) || 'x' WHERE number = ${number}`)
    return number
  },
  'text in a number’s place': (raw, size, chance) => {
    const number = 1 + chance(size)
    loosen(raw, 'access_log')
    raw.exec(`UPDATE access_log SET trace_id = 17 WHERE number = ${number}`)
    return number
  },
  'the content removed, as if it were pruned': (raw, size, chance) => {
    const number = 1 + chance(size)
    empty(raw, number)
    return number
  },
  'the content removed, and another line made to say that it was pruned': (raw, size, chance) => {
    const number = 1 + chance(size - 1)
    empty(raw, number)
    raw.exec(
      `UPDATE access_log SET client = 'hub', actie = 'verwijderen', regel = 'bewaartermijn-logregels', object = 'logregels 1-${number}',
         controles = 'bewaartermijn:5,nieuwste:2010-01-01T00:00:00.000Z' WHERE number = ${size}`,
    )
    return number
  },
}

function empty(raw: DatabaseSync, number: number): void {
  raw.exec(
    `UPDATE access_log SET tijdstip = '', actie = '', client = '', gebruiker = NULL, rol = NULL, organisatie = NULL, namens = NULL,
       persoon = NULL, object = NULL, reglement = NULL, regel = NULL, uitkomst = '', controles = '', herkomst = '', trace_id = '',
       zout = x'' WHERE number = ${number}`,
  )
}

/** The same table without types, keys and constraints. */
function loosen(raw: DatabaseSync, table: string): void {
  const columns = raw.prepare(`SELECT name FROM pragma_table_info('${table}')`).all()
  const names = columns.map(({ name }) => String(name))
  raw.exec(`ALTER TABLE ${table} RENAME TO ${table}_oud; CREATE TABLE ${table} (${names.join(', ')})`)
  raw.exec(`INSERT INTO ${table} SELECT * FROM ${table}_oud; DROP TABLE ${table}_oud`)
}
