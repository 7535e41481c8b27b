import { CompiledQuery, type Insertable, type Kysely, type Selectable } from 'kysely'

/** SQLite takes 32,766 values in a statement; PostgreSQL 65,535. */
const LIST_MAX = 4_096
/** Rows per statement of an insert; few sizes, so that each statement is compiled and prepared once and bound often. */
const PIECES = [256, 64, 16, 4, 1]

/**
 * Runs a look-up over a long list of values in pieces and joins the answers. A list is filled up to a power of two by repeating its
 * last value, so that few statements are ever prepared: for `in` lists only.
 */
export async function inPieces<V, R>(values: readonly V[], run: (piece: V[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = []
  for (let at = 0; at < values.length; at += LIST_MAX) {
    const rows = await run(filledUp(values.slice(at, at + LIST_MAX)))
    if (values.length <= LIST_MAX) return rows
    for (const row of rows) found.push(row)
  }
  return found
}

function filledUp<V>(values: V[]): V[] {
  const last = values.at(-1) as V
  const wanted = 2 ** Math.ceil(Math.log2(values.length))
  while (values.length < wanted) values.push(last)
  return values
}

/** Statements by table, columns, number of rows and what follows: compiled once by Kysely. */
const compiled = new Map<string, string>()

/** Inserts rows that have the same columns, in statements that are compiled once; with `ifAbsent` a row that is there stays as it is. */
export async function insertRows<DB, T extends keyof DB & string>(
  db: Kysely<DB>,
  table: T,
  rows: readonly NoInfer<Insertable<DB[T]>>[],
  options: { ifAbsent?: boolean } = {},
): Promise<void> {
  await inStatements(rows, (columns, size) => statement(db, table, columns, size, options), db)
}

/** The same, and answers these columns of each row that was made. */
export async function insertReturning<DB, T extends keyof DB & string, C extends keyof Selectable<DB[T]> & string>(
  db: Kysely<DB>,
  table: T,
  rows: readonly NoInfer<Insertable<DB[T]>>[],
  returning: readonly C[],
): Promise<Pick<Selectable<DB[T]>, C>[]> {
  const made = await inStatements(rows, (columns, size) => statement(db, table, columns, size, { returning }), db)
  return made as Pick<Selectable<DB[T]>, C>[]
}

async function inStatements<DB>(
  rows: readonly object[],
  sqlFor: (columns: string[], size: number) => string,
  db: Kysely<DB>,
): Promise<unknown[]> {
  const answers: unknown[] = []
  const columns = Object.keys(rows[0] ?? {})
  for (let at = 0, size = 0; at < rows.length; at += size) {
    size = PIECES.find((piece) => piece <= rows.length - at) as number
    const piece = rows.slice(at, at + size) as Record<string, unknown>[]
    const values = piece.flatMap((row) => columns.map((column) => row[column]))
    answers.push(...(await db.executeQuery(CompiledQuery.raw(sqlFor(columns, size), values))).rows)
  }
  return answers
}

interface Options {
  ifAbsent?: boolean
  returning?: readonly string[]
}

function statement<DB>(db: Kysely<DB>, table: string, columns: string[], size: number, { ifAbsent, returning }: Options): string {
  const name = [table, size, ifAbsent, returning, ...columns].join()
  const known = compiled.get(name)
  if (known !== undefined) return known
  const row = Object.fromEntries(columns.map((column) => [column, 0]))
  const insert = (db as unknown as Kysely<Record<string, Record<string, number>>>).insertInto(table).values(Array(size).fill(row))
  const kept = ifAbsent ? insert.onConflict((conflict) => conflict.doNothing()) : insert
  const { sql } = returning ? kept.returning([...returning]).compile() : kept.compile()
  compiled.set(name, sql)
  return sql
}
