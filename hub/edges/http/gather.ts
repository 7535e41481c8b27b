interface Waiting<T, R> {
  item: T
  resolve: (result: R) => void
  reject: (error: unknown) => void
}

/**
 * Gathers single requests into batches: what comes in while a batch is being stored, or within `wait_ms` of the first, goes
 * together as the next. One transaction then serves many requests. `run` answers one result per item, in order.
 */
export function gatherer<T, R>(
  run: (items: T[]) => Promise<R[]>,
  limits: { wait_ms: number; batch_max: number },
): (item: T) => Promise<R> {
  const waiting: Waiting<T, R>[] = []
  let busy = false
  const flush = async () => {
    const batch = waiting.splice(0, limits.batch_max)
    try {
      const results = await run(batch.map(({ item }) => item))
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as R)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  const start = async () => {
    await new Promise((resolve) => setTimeout(resolve, limits.wait_ms))
    while (waiting.length > 0) await flush()
    busy = false
  }
  return (item) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (busy) return
      busy = true
      void start()
    })
}
