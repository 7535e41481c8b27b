import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Operation } from '../../../schemas/openapi.ts'

export const API_VERSION = '1.0.0'

/** On every answer, errors too (NL GOV REST API Design Rules, security-headers and version-header). */
export const standardHeaders: Readonly<Record<string, string>> = {
  'API-Version': API_VERSION,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

export function setStandardHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(standardHeaders)) response.setHeader(name, value)
}

/** The trace id of a W3C `traceparent` header, else a new one: 32 hex digits. */
export function traceIdOf(request: IncomingMessage): string {
  const given = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(request.headers.traceparent ?? ''))?.[1]
  return given && !/^0+$/.test(given) ? given : randomBytes(16).toString('hex')
}

/** What an operation that is being phased out says on every answer (RFC 9745, RFC 8594; API Design Rules, deprecation-schedule). */
export function deprecationHeaders({ deprecation }: Pick<Operation, 'deprecation'>): Record<string, string> {
  if (!deprecation) return {}
  const { since, until } = deprecation
  return {
    Deprecation: `@${Date.parse(since) / 1000}`,
    Sunset: new Date(until).toUTCString(),
    Link: '</docs>; rel="deprecation"; type="text/html"',
  }
}
