/** SQLite takes 32,766 values in a statement; PostgreSQL 65,535. */
const VALUES_MAX = 30_000
const LIST_MAX = 5_000

/** Runs a look-up over a long list of values in pieces and joins the answers. */
export async function inPieces<V, R>(values: readonly V[], run: (piece: V[]) => Promise<R[]>): Promise<R[]> {
  if (values.length === 0) return []
  if (values.length <= LIST_MAX) return run([...values])
  const found: R[] = []
  for (let at = 0; at < values.length; at += LIST_MAX) found.push(...(await run(values.slice(at, at + LIST_MAX))))
  return found
}

/** Inserts rows in statements that stay under the limit of bound values. */
export async function insertInPieces<R extends object>(rows: readonly R[], run: (piece: R[]) => Promise<unknown>): Promise<void> {
  const first = rows[0]
  if (!first) return
  const size = Math.floor(VALUES_MAX / Object.keys(first).length)
  for (let at = 0; at < rows.length; at += size) await run(rows.slice(at, at + size))
}
