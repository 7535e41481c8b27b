import type { Token } from '../../crypto/derived-keys.ts'
import type { Lines } from './lines.ts'
import type { NameToken } from './name-token.ts'
import { NumberColumn } from './number-column.ts'
import { NumberMap } from './number-map.ts'

/** Fewer who are called so tell nothing of how the name is used. */
const BEARERS_MIN = 12
/** So many of them with both names at most: those are twins. */
const BOTH_MAX = 0.015
const NOBODY = -1

/**
 * Names of which one may be short for the other (Maarten and Martinus), though of the many in a file who are called either, hardly anybody is called
 * both: then they are names of two children.
 */
export class NamesApart {
  readonly #tokens: NameToken[] = []
  /** By number: whether the name is short for another, or another for it. */
  readonly #mayBeShort: boolean[]
  readonly #bearers: number[] = []
  /** Per birth date and surname where the last of such names there stands; per place the name and the place of the one before. */
  readonly #lastAt = new NumberMap()
  readonly #names = NumberColumn.ofNumbers()
  readonly #before = NumberColumn.ofNumbers()
  /** Per short name, by the formal one, how many are called both. */
  readonly #both = new Map<NameToken, Map<Token, number>>()

  constructor({ names }: Lines) {
    names.all.forEach(([first], list) => {
      if (first) this.#tokens[names.first[list]!] = first
    })
    const formal = new Set(this.#tokens.flatMap((token) => token.formal))
    this.#mayBeShort = this.#tokens.map((token) => token.formal.length > 0 || formal.has(token.exact))
  }

  /** A name, by number, that stands at a birth date and surname; told once for each. */
  tell(name: number, family: number): void {
    if (!this.#mayBeShort[name]) return
    this.#bearers[name] = (this.#bearers[name] ?? 0) + 1
    const last = this.#lastAt.get(family) ?? NOBODY
    for (let at = last; at !== NOBODY; at = this.#before.at(at))
      this.#isBoth(this.#tokens[name]!, this.#tokens[this.#names.at(at)]!)
    this.#lastAt.set(family, this.#names.length)
    this.#names.push(name)
    this.#before.push(last)
  }

  /** Two names, by number, of one person in one line. */
  tellBoth(name: number, other: number): void {
    this.#isBoth(this.#tokens[name]!, this.#tokens[other]!)
  }

  #isBoth(one: NameToken, other: NameToken): void {
    if (one.formal.includes(other.exact)) increase(this.#both, one, other.exact)
    if (other.formal.includes(one.exact)) increase(this.#both, other, one.exact)
  }

  /** Per name, by number, the formal names that it is not short for here; none where there are none. */
  take(): (Token[] | undefined)[] {
    for (const column of [this.#lastAt, this.#names, this.#before]) column.release()
    const numberOf = new Map(this.#tokens.map((token, number) => [token.exact, number]))
    const bearersOf = (name: Token): number => this.#bearers[numberOf.get(name) ?? NOBODY] ?? 0
    return this.#tokens.map((token) => {
      const apart = token.formal.filter((formal) => {
        const bearers = Math.min(bearersOf(token.exact), bearersOf(formal))
        return bearers >= BEARERS_MIN && (this.#both.get(token)?.get(formal) ?? 0) <= Math.max(1, bearers * BOTH_MAX)
      })
      return apart.length > 0 ? apart : undefined
    })
  }
}

function increase(counts: Map<NameToken, Map<Token, number>>, name: NameToken, formal: Token): void {
  const own = counts.get(name) ?? new Map<Token, number>()
  counts.set(name, own)
  own.set(formal, (own.get(formal) ?? 0) + 1)
}
