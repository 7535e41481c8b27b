/** Classes of SQLSTATE that say nothing of the statement: connection, resources, operator intervention, system (PostgreSQL, appendix A). */
const OF_THE_ENGINE = new Set(['08', '53', '57', '58'])
/** Limits that passed: waiting for a lock, standing idle in a transaction; and a server that can only be read for now. */
const OF_THE_MOMENT = new Set(['55P03', '25P03', '25006'])
/** Serialization failure, deadlock: the same work can succeed the next time. */
const CONFLICTS = new Set(['40001', '40P01'])
const UNIQUE_VIOLATION = '23505'
const REFUSED = new Set(['28P01', '28000', '3D000'])
const SQLSTATE = /^[0-9A-Z]{5}$/

/** Whether the database, and not what was asked of it, is why this failed. Without a SQLSTATE it is the connection. */
export function isOfTheEngine(error: unknown): boolean {
  const code = codeOf(error)
  if (code === undefined) return error instanceof Error && isOfDriver(error)
  return OF_THE_ENGINE.has(code.slice(0, 2)) || OF_THE_MOMENT.has(code)
}

/** Wrong password, no such user or database. */
export function isRefusal(error: unknown): boolean {
  return REFUSED.has(codeOf(error) ?? '')
}

/** Whether others were in the way, so that the same work is worth running again. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error) ?? '')
}

export function isTakenAlready(error: unknown): boolean {
  return codeOf(error) === UNIQUE_VIOLATION
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && SQLSTATE.test(code) ? code : undefined
}

/** Errors of the socket have a code of the system; those of the driver have none, and say what happened. */
function isOfDriver(error: Error & { syscall?: unknown; code?: unknown }): boolean {
  return error.syscall !== undefined || error.code === 'ECONNRESET' || DRIVER.test(error.message)
}

const DRIVER = /connection|timeout|terminat|not queryable/i
