import { HubError } from '../../errors.ts'
import { remarksIn, textOf } from './outcome.ts'

/** Why a source could not be read, for the log: no address of what was asked, in which ids stand, and no text of the server's. */
export function reasonOf(error: unknown): string {
  if (error instanceof HubError) return error.detail ?? error.code
  if (!(error instanceof Error)) return 'onbekend'
  const { response } = error as { response?: { status?: number; data?: unknown } }
  if (response) return [`HTTP ${response.status}`, ...remarksIn(response.data).map(textOf)].join(', ')
  const cause = (error.cause as { code?: string } | undefined)?.code
  return cause ? `${error.message} (${cause})` : error.message.slice(0, 200)
}
