/** A second signal sooner than this is the same request: a terminal sends it to the launcher and to the hub. */
const SAME_REQUEST_MS = 1000

/** Resolves with the name of the signal that asks this process to stop. One more, a second later, stops it at once. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked_ms: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (asked_ms !== undefined && performance.now() - asked_ms > SAME_REQUEST_MS) process.exit(130)
        asked_ms ??= performance.now()
        resolve(signal)
      })
  })
}
