import type { Logger } from 'pino'
import type { Wakeup } from '../ports.ts'

/** A loop that works until nothing waits, and again when it is woken or after a while. */
export interface Worker {
  /** Ends after the work that is under way. */
  stop(): Promise<void>
}

const IDLE_MS = 1000
const AFTER_ERROR_MS = 500

/** Runs `step` (answers how much it did) as long as it finds work; an error is logged and tried again, never the end of it. */
export function startWorker(name: string, wakeup: Wakeup, log: Logger, step: () => Promise<number>): Worker {
  let running = true
  let wake = () => {}
  const stopListening = wakeup.listen(() => wake())
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const ended = (async () => {
    while (running) {
      const pause_ms = await step().then(
        (count) => (count > 0 ? 0 : IDLE_MS),
        (error: unknown) => {
          log.error(
            {
              worker: name,
              fout: error instanceof Error ? error.message : 'onbekend',
              stack: error instanceof Error ? error.stack : undefined,
            },
            'worker faalt, opnieuw',
          )
          return AFTER_ERROR_MS
        },
      )
      if (running && pause_ms > 0) await rest(pause_ms)
      else await new Promise<void>((resolve) => setImmediate(resolve))
    }
  })()
  return {
    async stop() {
      running = false
      stopListening()
      wake()
      await ended
    },
  }
}
