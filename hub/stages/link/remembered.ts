/** The same function, which remembers its answers by text, at most `max` at a time; for pure functions of values that come back. */
export function remembered<T>(of: (text: string) => T, max: number): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = of(text)
    if (known.size >= max) known.clear()
    known.set(text, made)
    return made
  }
}
