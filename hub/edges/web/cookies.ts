import type { Request, Response } from 'express'

interface CookieKind {
  name: string
  sameSite: 'Strict' | 'Lax'
  path: string
  maxAge_s: number
}

/** A session: never sent along by another site. It ends on the server; the browser only forgets it later. */
export const SESSION: CookieKind = { name: 'verwijsindex_sessie', sameSite: 'Strict', path: '/', maxAge_s: 12 * 3600 }

/** A login under way: Lax, because the identity provider may be another site and its answer must find it. */
export const PENDING: CookieKind = { name: 'verwijsindex_aanmelden', sameSite: 'Lax', path: '/aanmelden', maxAge_s: 600 }

export function readCookie(request: Request, { name }: CookieKind): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value && /^[\w-]{1,100}$/.test(value)) return value
  }
  return null
}

export function setCookie(response: Response, kind: CookieKind, value: string, isSecure: boolean): void {
  response.append('Set-Cookie', `${kind.name}=${value}; Max-Age=${kind.maxAge_s}; ${attributes(kind, isSecure)}`)
}

export function dropCookie(response: Response, kind: CookieKind, isSecure: boolean): void {
  response.append('Set-Cookie', `${kind.name}=; Max-Age=0; ${attributes(kind, isSecure)}`)
}

function attributes({ path, sameSite }: CookieKind, isSecure: boolean): string {
  return `Path=${path}; HttpOnly; SameSite=${sameSite}${isSecure ? '; Secure' : ''}`
}
