import { HubError } from '../../errors.ts'
import type { Allowances } from '../../ports/shared.ts'

/** Counts whom a client asks about; throws `te-veel-personen` when those are too many different ones. */
export type PersonsLimit = (client: string, asked: string) => Promise<void>

const HOUR_MS = 3600_000

/**
 * Stops a client that tries out ids: at most `perHour` different ones in an hour, found or not. Asking again for the same is free. `asked` is an id, or a
 * keyed hash of what was sought; never a name or a number.
 */
export function personsLimit(perHour: number, allowances: Allowances): PersonsLimit {
  return async (client, asked) => {
    const left_ms = await allowances.countOnce(`personen ${client}`, asked, { max: perHour, period_ms: HOUR_MS })
    if (left_ms > 0) throw new HubError('te-veel-personen', { retryAfter_s: Math.max(1, Math.ceil(left_ms / 1000)) })
  }
}
