import { refuse } from './refuse.ts'

const TOKEN_MAX_BYTES = 8 * 1024

export interface PresentedToken {
  scheme: 'bearer' | 'dpop'
  token: string
}

/**
 * The one access token of a request, from Node's `rawHeaders` (name, value, name, value …): exactly one Authorization
 * header, never query, body or cookie (RFC 6750, NL GOV OAuth profile), at most 8 KiB, three base64url parts.
 */
export function readAccessToken(rawHeaders: readonly string[]): PresentedToken {
  const values = headerValues(rawHeaders, 'authorization')
  if (values.length === 0) return refuse('no-authorization')
  if (values.length > 1) return refuse('two-authorizations')
  const value = values[0] ?? ''
  if (value.length > TOKEN_MAX_BYTES + 'bearer '.length) return refuse('too-large')
  const found = /^(bearer|dpop) ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(value)
  if (!found?.[1] || !found[2]) return refuse('malformed')
  if (found[2].length > TOKEN_MAX_BYTES) return refuse('too-large')
  return { scheme: found[1].toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token: found[2] }
}

/** Every value of a header, in order; `name` in lower case. */
export function headerValues(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? '')
  return values
}
