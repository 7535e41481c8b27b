import { HubError } from '../../errors.ts'

/** Counts whom a client asks about; throws `te-veel-personen` when those are too many different ones. */
export type PersonsLimit = (client: string, asked: string) => void

interface Asked {
  since_ms: number
  ids: Set<string>
}

const HOUR_MS = 3600_000

/**
 * Stops a client that tries out ids: at most `perHour` different ones in an hour, found or not. Asking again for the same is free. `asked` is an id, or a
 * keyed hash of what was sought; never a name or a number.
 */
export function personsLimit(perHour: number, now_ms: () => number = performance.now.bind(performance)): PersonsLimit {
  const byClient = new Map<string, Asked>()
  return (client, asked) => {
    const known = byClient.get(client)
    const current = known && now_ms() - known.since_ms < HOUR_MS ? known : { since_ms: now_ms(), ids: new Set<string>() }
    byClient.set(client, current)
    if (current.ids.has(asked)) return
    if (current.ids.size >= perHour) {
      const left_ms = HOUR_MS - (now_ms() - current.since_ms)
      throw new HubError('te-veel-personen', { retryAfter_s: Math.max(1, Math.ceil(left_ms / 1000)) })
    }
    current.ids.add(asked)
  }
}
