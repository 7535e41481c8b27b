/** Values by name, of which those used last stay: at least half of `max`, at most `max`. */
export interface Recent<T> {
  get(name: string): T | undefined
  set(name: string, value: T): void
  delete(name: string): void
}

/** `max` 0 remembers nothing. Two generations: what is asked for moves to the younger one, and the older one is forgotten whole when the younger is full. */
export function recent<T>(max: number): Recent<T> {
  let young = new Map<string, T>()
  let old = new Map<string, T>()
  const set = (name: string, value: T) => {
    if (max === 0) return
    young.set(name, value)
    if (young.size < max / 2) return
    old = young
    young = new Map()
  }
  return {
    set,
    get(name) {
      const value = young.get(name)
      if (value !== undefined) return value
      const older = old.get(name)
      if (older !== undefined) set(name, older)
      return older
    },
    delete(name) {
      young.delete(name)
      old.delete(name)
    },
  }
}
