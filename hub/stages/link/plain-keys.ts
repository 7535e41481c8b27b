import type { LinkKeys } from '../../crypto/derived-keys.ts'
import { numberKeys } from './blocking.ts'
import { hashedLineKeys, type LineKeys } from './line.ts'

const REMEMBERED_MAX = 1_000_000

/** Keys for linking within one process. */
export function plainKeys(): LineKeys {
  return { tokens: numbers(), blocks: numberKeys() }
}

/** Keys whose tokens are the values themselves: the same in whatever order they come. For one process too. */
export function readableKeys(): LineKeys {
  const token = (field: string, value: string): string => `${field}|${value}`
  return hashedLineKeys({ epoch: 'vluchtig', remembered_max: REMEMBERED_MAX, token, shortToken: token })
}

/**
 * They hide nothing, so nothing made with them is ever stored or sent. A value's token is its number, from 1, among all values that came; all
 * are kept.
 */
function numbers(): LinkKeys<number> {
  const fields = new Map<string, Map<string, number>>()
  let last = 0
  const token = (field: string, value: string): number => {
    const values = fields.get(field) ?? new Map<string, number>()
    if (values.size === 0) fields.set(field, values)
    const known = values.get(value)
    if (known !== undefined) return known
    values.set(value, ++last)
    return last
  }
  return { epoch: 'vluchtig', remembered_max: REMEMBERED_MAX, token, shortToken: token }
}
