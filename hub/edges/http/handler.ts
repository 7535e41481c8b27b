import type { ServerResponse } from 'node:http'
import type { Fault } from '../../../schemas/fault.ts'
import type { QueryValue } from '../../../schemas/query.ts'
import type { Hub } from '../../context.ts'
import type { Receipt } from '../../flows/accept.ts'
import type { Delivery } from '../../flows/accept-standing.ts'
import type { Answer } from '../../flows/answer.ts'
import { type Expected, tagOf } from '../../flows/expected.ts'
import type { Principal } from '../../principal.ts'
import type { AuditLine } from '../../stages/audit/line.ts'
import type { Body } from './body.ts'

/** A request that passed token, scope, size, type, parameters and schema. */
export interface ApiRequest {
  hub: Hub
  principal: Principal
  /** Values of path, query and header parameters, by name, in the types that the document gives. */
  values: Record<string, QueryValue | undefined>
  body: Body
  /** What was found so far, where the handler itself checks the body: it refuses with all at once. Elsewhere empty. */
  faults: Fault[]
  /** Accepts one registration, together with those of others who send at the same moment. */
  accept: (delivery: Delivery) => Promise<Receipt>
  /** Writes lines to the access log now; for what goes on after the first answer (SSE). */
  log: (lines: AuditLine[]) => Promise<void>
  /** Whether an answer may go on: the asker's token has not ended, the region still lists it, and the hub does not stop. */
  mayGoOn: () => boolean
  /** Which of these media types the asker would have, by its `Accept`; the first where it does not say. */
  prefers: (types: string[]) => string
}

/** What a handler answers; the status is the document's, or 200 where a repeated request made nothing new. */
export interface ApiAnswer {
  body?: unknown
  /** To be in the access log before a byte of the answer leaves. */
  lines?: AuditLine[]
  repeated?: boolean
  location?: string
  etag?: string
  /** The cursor of the next page, where the body has no place for it. */
  next?: string
  /** Other than JSON: the content type, with `body` as text or bytes. */
  contentType?: string
  /** Takes over the response after its lines are logged (SSE). */
  stream?: (response: ServerResponse) => void
}

export type Handler = (request: ApiRequest) => Promise<ApiAnswer>
export type Handlers = Record<string, Handler>

/** A path parameter that is an id: always there, always text. */
export function idOf(request: ApiRequest, name = 'id'): string {
  return String(request.values[name])
}

/** The tags that `If-Match` names (RFC 9110, 13.1.1); null where it is absent or `*`: any. A weak one, or what is no tag, matches nothing. */
export function expectedTags(request: ApiRequest): Expected {
  const tags = String(request.values['If-Match'] ?? '').trim()
  return tags === '' || tags === '*' ? null : tags.split(',').map((tag) => tag.trim())
}

/** What is answered of a thing that can be changed: with its tag, for `If-Match`. */
export async function withTag(looked: Promise<Answer<object>>): Promise<ApiAnswer> {
  const answer = await looked
  return { ...answer, etag: tagOf(answer.body) }
}

/** A list's cursor and limit. */
export function pageQuery(request: ApiRequest): { cursor?: string; limiet: number } {
  const { cursor, limiet } = request.values
  return { ...(cursor === undefined ? {} : { cursor: String(cursor) }), limiet: Number(limiet ?? 100) }
}
