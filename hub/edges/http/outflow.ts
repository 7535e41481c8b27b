import type { ServerResponse } from 'node:http'

/** An answer that goes on: it waits for a reader that is slow, and nothing is written after its end. */
export interface Outflow {
  /** Whether more may be written. */
  goesOn(): boolean
  /** Writes, and waits until the reader has taken enough of it or the answer is over. */
  write(text: string): Promise<void>
  /** Waits a while; `wake` ends that sooner. */
  pause(): Promise<void>
  wake(): void
  /** Ends the answer; a reader that does not take what was written is cut. */
  end(): void
}

/** An answer that ends after `within_ms`, when its reader goes away, or when `mayGoOn` (asked at least every `look_ms`) says no. */
export function outflow(
  response: ServerResponse,
  { within_ms, look_ms, mayGoOn }: { within_ms: number; look_ms: number; mayGoOn: () => boolean },
): Outflow {
  let open = true
  let wake = () => {}
  const stop = () => {
    open = false
    wake()
  }
  const timer = setTimeout(stop, within_ms)
  response.on('close', stop)
  response.on('drain', () => wake())
  const goesOn = () => open && mayGoOn()
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, look_ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return {
    goesOn,
    pause,
    wake: () => wake(),
    async write(text) {
      if (!goesOn()) return
      response.write(text)
      while (goesOn() && response.writableNeedDrain) await pause()
    },
    end() {
      clearTimeout(timer)
      open = false
      if (response.writableNeedDrain) response.destroy()
      else response.end()
    },
  }
}
