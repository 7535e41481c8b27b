/** Gives texts (or numbers) numbers from 0, in the order in which they come: a number made of numbers is a cheaper key than a text made of texts. */
export function numbering<K = string>(): (key: K) => number {
  const known = new Map<K, number>()
  return (key) => {
    const number = known.get(key)
    if (number !== undefined) return number
    known.set(key, known.size)
    return known.size - 1
  }
}

/** The same for objects that come back, which are looked at once: the answer of `of`, remembered by object. */
export function perObject<K extends object, T>(of: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const made = of(key)
    known.set(key, made)
    return made
  }
}
