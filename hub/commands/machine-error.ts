import { HubError } from '../errors.ts'

/** What may go by itself: no room, too many files open, somebody who does not answer. */
const TEMPORARY = new Set([
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
])

/** Primary result codes of SQLite for a file that is none of its own, is damaged, or may not be used: PERM, READONLY, CORRUPT, CANTOPEN, NOTADB. */
const UNUSABLE = new Set([3, 8, 11, 14, 26])

/**
 * An error of Node's that the machine refused something (a port that is taken, a folder that cannot be made, a full disk), as one of the
 * hub's: `configuratie`, or `tijdelijk-niet-beschikbaar`. Such an error is no finding; nor is a file that is no database, or a damaged one.
 * Any other error stays as it is.
 */
export function machineError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code, syscall, errcode } = error as NodeJS.ErrnoException & { errcode?: number }
  if (errcode !== undefined && UNUSABLE.has(errcode & 0xff))
    return new HubError('configuratie', { detail: `De database is hier niet te gebruiken: ${error.message}`, cause: error })
  if (code === undefined || syscall === undefined) return error
  const kind = TEMPORARY.has(code) ? 'tijdelijk-niet-beschikbaar' : 'configuratie'
  return new HubError(kind, { detail: `Deze machine staat dat niet toe: ${error.message}`, cause: error })
}
