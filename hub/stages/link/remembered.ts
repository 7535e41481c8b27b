import type { LinkKeys, Token } from '../../crypto/derived-keys.ts'

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

/** The same for functions that make tokens: remembered under each set of keys apart, as many as these allow, and forgotten with it. */
export function rememberedUnder<T>(of: (text: string, keys: LinkKeys<Token>) => T): (text: string, keys: LinkKeys<Token>) => T {
  const known = new WeakMap<LinkKeys<Token>, (text: string) => T>()
  return (text, keys) => {
    const before = known.get(keys)
    if (before) return before(text)
    const made = remembered((value) => of(value, keys), keys.remembered_max)
    known.set(keys, made)
    return made(text)
  }
}
