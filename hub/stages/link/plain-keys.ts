import type { LinkKeys } from '../../crypto/derived-keys.ts'

/** Keys that hide nothing, for linking within one process: nothing made with them is ever stored or sent. */
export function plainKeys(): LinkKeys {
  const token = (field: string, value: string): string => `${field}|${value}`
  return { epoch: 'vluchtig', token, shortToken: token }
}
