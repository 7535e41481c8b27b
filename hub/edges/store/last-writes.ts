import { HubError } from '../../errors.ts'
import type { Store } from '../../ports.ts'

/** The writing of a store, known so that it can be ended before the last checkpoint: no line comes after that. */
export interface LastWrites {
  /** The same store, which refuses new writing from the end on (`tijdelijk-niet-beschikbaar`). */
  follow(store: Store): Store
  /** Resolves when what was begun is committed or failed. */
  end(): Promise<void>
}

export function lastWrites(): LastWrites {
  const running = new Set<Promise<unknown>>()
  let ended = false
  const run = async <T>(write: () => Promise<T>): Promise<T> => {
    if (ended) throw new HubError('tijdelijk-niet-beschikbaar')
    const writing = write()
    running.add(writing)
    try {
      return await writing
    } finally {
      running.delete(writing)
    }
  }
  return {
    follow: (store) => ({
      ...store,
      write: (work) => run(() => store.write(work)),
      writeBeside: (work) => run(() => store.writeBeside(work)),
    }),
    async end() {
      ended = true
      await Promise.allSettled(running)
    },
  }
}
