import type { Token } from '../../crypto/derived-keys.ts'
import type { NameToken } from './name-token.ts'
import { numbering } from './numbering.ts'

/**
 * Lists of names that come back as the same object: each is kept once and has a number, from 0. Of its first name the spelling and the sound are
 * numbers too.
 */
export class NameLists {
  readonly all: NameToken[][] = []
  /** Per list the number of its first name, and of its sound; -1 of an empty one. */
  readonly first: number[] = []
  readonly sound: number[] = []
  readonly #known = new Map<NameToken[], number>()
  readonly #exactOf = numbering<Token>()
  readonly #soundOf = numbering<Token>()

  numberOf(list: NameToken[]): number {
    const known = this.#known.get(list)
    if (known !== undefined) return known
    const [first] = list
    this.#known.set(list, this.all.length)
    this.first.push(first ? this.#exactOf(first.exact) : -1)
    this.sound.push(first ? this.#soundOf(first.sound) : -1)
    return this.all.push(list) - 1
  }

  /** The number of a name, as in `first`. */
  numberOfName(name: NameToken): number {
    return this.#exactOf(name.exact)
  }

  /** Puts in the place of every name what `told` makes of it, once for each. */
  tell(told: (name: NameToken, number: number) => NameToken): void {
    const made: NameToken[] = []
    this.all.forEach((list, at) => {
      this.all[at] = list.map((name) => {
        const number = this.numberOfName(name)
        made[number] ??= told(name, number)
        return made[number]
      })
    })
  }
}
