import type { Request, Response } from 'express'

interface CookieKind {
  name: string
  sameSite: 'Strict' | 'Lax'
  path: string
  maxAge_s: number
  /** Before the name over TLS: no other host and no plain page can set a cookie that is called so (RFC 6265bis, 4.1.3). */
  prefix: '__Host-' | '__Secure-'
}

/** A session: never sent along by another site. It ends on the server; the browser only forgets it later. */
export const SESSION: CookieKind = {
  name: 'verwijsindex_sessie',
  sameSite: 'Strict',
  path: '/',
  maxAge_s: 12 * 3600,
  prefix: '__Host-',
}

/** A login under way: Lax, because the identity provider may be another site and its answer must find it. */
export const PENDING: CookieKind = {
  name: 'verwijsindex_aanmelden',
  sameSite: 'Lax',
  path: '/aanmelden',
  maxAge_s: 600,
  prefix: '__Secure-',
}

export function readCookie(request: Request, kind: CookieKind, isSecure: boolean): string | null {
  const name = nameOf(kind, isSecure)
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value && /^[\w-]{1,100}$/.test(value)) return value
  }
  return null
}

export function setCookie(response: Response, kind: CookieKind, value: string, isSecure: boolean): void {
  response.append('Set-Cookie', `${nameOf(kind, isSecure)}=${value}; Max-Age=${kind.maxAge_s}; ${attributes(kind, isSecure)}`)
}

export function dropCookie(response: Response, kind: CookieKind, isSecure: boolean): void {
  response.append('Set-Cookie', `${nameOf(kind, isSecure)}=; Max-Age=0; ${attributes(kind, isSecure)}`)
}

function nameOf({ name, prefix }: CookieKind, isSecure: boolean): string {
  return isSecure ? prefix + name : name
}

function attributes({ path, sameSite }: CookieKind, isSecure: boolean): string {
  return `Path=${path}; HttpOnly; SameSite=${sameSite}${isSecure ? '; Secure' : ''}`
}
