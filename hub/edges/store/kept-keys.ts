import { digestOf } from '../../stages/link/digest.ts'

/** Data keys by the id of their registration, in memory. */
export interface KeptKeys {
  /** A copy. */
  get(id: string): Uint8Array | undefined
  set(id: string, key: Uint8Array): void
  /** Overwrites it. */
  delete(id: string): void
}

const KEY_BYTES = 32

/**
 * Keeps at most `max` keys of 32 bytes, each at the one place that its id has, where the next with that place takes over: 48 bytes a key, of which the garbage collector
 * sees nothing; as objects they took five times as much. An id is known by 106 bits of a hash.
 */
export function keptKeys(max: number): KeptKeys {
  const keys = Buffer.alloc(max * KEY_BYTES)
  const names = new Float64Array(2 * max)
  const placeOf = (name: Name) => name[0] % max
  const isAt = (place: number, [one, other]: Name) => names[2 * place] === one && names[2 * place + 1] === other
  const at = (place: number) => keys.subarray(place * KEY_BYTES, (place + 1) * KEY_BYTES)
  if (max === 0) return { get: () => undefined, set: () => {}, delete: () => {} }
  return {
    get(id) {
      const name = nameOf(id)
      const place = placeOf(name)
      return isAt(place, name) ? Uint8Array.from(at(place)) : undefined
    },
    set(id, key) {
      const name = nameOf(id)
      const place = placeOf(name)
      at(place).set(key)
      names.set(name, 2 * place)
    },
    delete(id) {
      const name = nameOf(id)
      const place = placeOf(name)
      if (!isAt(place, name)) return
      at(place).fill(0)
      names.fill(0, 2 * place, 2 * place + 2)
    },
  }
}

type Name = [one: number, other: number]

/** Never two zeros, which is a place that holds nothing. */
function nameOf(id: string): Name {
  return [digestOf(id), digestOf(`${id} `) + 1]
}
