import type { Wakeup } from '../ports.ts'

/** A wake-up within this process. Listeners hear it a moment later, when the transaction that rang has been committed. */
export function localWakeup(): Wakeup {
  const listeners = new Set<() => void>()
  let rung = false
  return {
    ring() {
      if (rung) return
      rung = true
      setTimeout(() => {
        rung = false
        for (const heard of listeners) heard()
      }, 2)
    },
    listen(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}
