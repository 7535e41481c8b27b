import {
  CompiledQuery,
  type Expression,
  type Insertable,
  type Kysely,
  type OperationNode,
  PostgresAdapter,
  type QueryExecutorProvider,
  type Selectable,
  sql,
} from 'kysely'

/** Rows per statement of an insert; few sizes, so that each statement is compiled and prepared once and bound often. */
const PIECES = [256, 64, 16, 4, 1]

/**
 * A look-up of many values at once: the list goes as one value, so one statement does for every length. Answers nothing for an
 * empty list, without asking.
 */
export async function among<V extends number | string, R>(
  values: readonly V[],
  run: (list: Expression<V>) => Promise<R[]>,
): Promise<R[]> {
  return values.length === 0 ? [] : run(listOf(values))
}

/**
 * Holds a column to a value without offering its index. SQLite takes every list for one of a few dozen, and goes by an index of which
 * it knows the value instead, whatever the number of rows behind it: all registrations of an organisation, for three persons.
 */
export function alsoIs(column: string, value: string): Expression<boolean> {
  return sql<boolean>`${sql.ref(column)} || '' = ${value}`
}

export function listOf<V extends number | string>(values: readonly V[]): Expression<V> {
  return known(values, sql<V>`(select value from json_each(${JSON.stringify(values)}))`)
}

type List = readonly (number | string | Uint8Array)[]

/** The values of each list that is in use: another engine than SQLite has its own way to say them. */
const lists = new WeakMap<OperationNode, List>()

export function valuesOf(node: OperationNode): List | undefined {
  return lists.get(node)
}

function known<V>(values: List, list: Expression<V>): Expression<V> {
  const node = list.toOperationNode()
  lists.set(node, values)
  return { ...EXPRESSION, toOperationNode: () => node } as Expression<V>
}

const EXPRESSION = { expressionType: undefined }

/** Whether this is PostgreSQL: for the few statements that the two engines say each in its own way. */
export function isPostgres(db: QueryExecutorProvider): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}

/** The same for bytes, which go as hexadecimal. */
export async function amongBytes<R>(
  values: readonly Uint8Array[],
  run: (list: Expression<Uint8Array>) => Promise<R[]>,
): Promise<R[]> {
  if (values.length === 0) return []
  const texts = values.map((value) => Buffer.from(value).toString('hex'))
  return run(known(values, sql<Uint8Array>`(select unhex(value) from json_each(${JSON.stringify(texts)}))`))
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
    const values: unknown[] = []
    for (const row of rows.slice(at, at + size) as Record<string, unknown>[])
      for (const column of columns) values.push(row[column])
    answers.push(...(await db.executeQuery(CompiledQuery.raw(sqlFor(columns, size), values))).rows)
  }
  return answers
}

interface Options {
  ifAbsent?: boolean
  returning?: readonly string[]
}

function statement<DB>(db: Kysely<DB>, table: string, columns: string[], size: number, { ifAbsent, returning }: Options): string {
  const name = [isPostgres(db), table, size, ifAbsent, returning, ...columns].join()
  const earlier = compiled.get(name)
  if (earlier !== undefined) return earlier
  const row = Object.fromEntries(columns.map((column) => [column, 0]))
  const insert = (db as unknown as Kysely<Record<string, Record<string, number>>>).insertInto(table).values(Array(size).fill(row))
  const kept = ifAbsent ? insert.onConflict((conflict) => conflict.doNothing()) : insert
  const { sql } = returning ? kept.returning([...returning]).compile() : kept.compile()
  compiled.set(name, sql)
  return sql
}
