import { setTimeout as wait } from 'node:timers/promises'

const LOOK_MS = 20

/** How far the sending is: what befalls the hubs is spread over it, however long it takes. */
export interface Course {
  readonly done: number
  readonly total: number
  advance(count: number): void
  /** Resolves once this share of it, from 0 to 1, was sent. */
  reaches(share: number): Promise<void>
}

export function courseOf(total: number): Course {
  let done = 0
  return {
    total,
    get done() {
      return done
    },
    advance(count) {
      done += count
    },
    async reaches(share) {
      while (done < share * total) await wait(LOOK_MS)
    },
  }
}
