import type { Logger } from 'pino'
import type { Wakeup } from '../ports.ts'

/** A loop that works until nothing waits, and again when it is woken or after a while. */
export interface Worker {
  /** Ends after the work that is under way. */
  stop(): Promise<void>
}

const IDLE_MS = 1000
const AFTER_ERROR_MS = 500
const WHILE_AWAY_MS_MAX = 10_000

/**
 * Runs `step` (answers how much it did) as long as it finds work. An error is tried again after half a second: what an engine lost while it was away has to be
 * seen soon. Only while the store itself is away, and nothing can be done, it is tried after 0.5 s and then twice as long each time up to 10 s, whatever rings
 * meanwhile. An error is logged when it is another one than the last, and so is that all is well again.
 */
export function startWorker(
  name: string,
  wakeup: Wakeup,
  log: Logger,
  step: () => Promise<number>,
  isStoreAway: (error: unknown) => boolean = () => false,
): Worker {
  let running = true
  let failed: { times: number; reason: string } | undefined
  let timesAway = 0
  let resume = () => {}
  const stopListening = wakeup.listen(() => {
    if (timesAway === 0) resume()
  })
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      resume = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  /** Answers how long to rest. */
  async function attempt(): Promise<number> {
    try {
      const count = await step()
      if (failed) log.info({ worker: name, pogingen: failed.times }, 'worker werkt weer')
      failed = undefined
      timesAway = 0
      return count > 0 ? 0 : IDLE_MS
    } catch (error) {
      const { message: reason, stack } = error instanceof Error ? error : { message: 'onbekend', stack: undefined }
      if (failed?.reason !== reason) log.error({ worker: name, fout: reason, stack }, 'worker faalt, opnieuw')
      failed = { times: (failed?.times ?? 0) + 1, reason }
      timesAway = isStoreAway(error) ? timesAway + 1 : 0
      return Math.min(AFTER_ERROR_MS * 2 ** Math.max(timesAway - 1, 0), WHILE_AWAY_MS_MAX)
    }
  }
  const ended = (async () => {
    while (running) {
      const pause_ms = await attempt()
      if (running && pause_ms > 0) await rest(pause_ms)
      else await new Promise<void>((resolve) => setImmediate(resolve))
    }
  })()
  return {
    async stop() {
      running = false
      stopListening()
      resume()
      await ended
    },
  }
}
