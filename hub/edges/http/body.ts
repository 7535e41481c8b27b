import type { Request } from 'express'
import type { Fault } from '../../../schemas/fault.ts'
import type { Operation } from '../../../schemas/openapi.ts'
import { HubError } from '../../errors.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import { type Json, readJson, readLines } from './json-body.ts'

/** A body as it was read: JSON with what is wrong with it as JSON, or the bytes of a file. No schema has seen it yet. */
export interface Body {
  json: unknown
  bytes: Buffer
  faults: Fault[]
  /** The lines of NDJSON. */
  lines?: Json[]
}

const NO_BODY: Body = { json: undefined, bytes: Buffer.alloc(0), faults: [] }
const NDJSON = 'application/x-ndjson'
const BODY_TIMEOUT_MS = 30_000

/** Reads a request's body within the operation's limits. Throws `te-groot`, then `mediatype-niet-ondersteund`. */
export async function readBody(request: Request, operation: Operation): Promise<Body> {
  if (operation.bodyTypes.length === 0) return NO_BODY
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > operation.bodyBytes_max) throw tooLarge(operation)
  const isEmpty = declared === 0 && request.headers['transfer-encoding'] === undefined
  if (isEmpty && !operation.bodyRequired) return { ...NO_BODY, json: {} }
  const mediaType = readableType(request, operation)
  const bytes = await collect(request, operation)
  if (operation.bodySchema === null) return { json: undefined, bytes, faults: [] }
  if (bytes.length === 0 && !operation.bodyRequired) return { ...NO_BODY, json: {} }
  return { bytes, ...(mediaType === NDJSON ? readLines(bytes) : readJson(bytes)) }
}

/** The media type, when it is one that the operation reads; text that is not a file of a source is UTF-8. */
function readableType(request: Request, operation: Operation): string {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((each) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(each)?.[1]).find((each) => each)
  const isPlain = (request.headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity'
  const isUtf8 = operation.bodySchema === null || charset === undefined || charset === 'utf-8' || charset === 'utf8'
  if (operation.bodyTypes.includes(type.trim()) && isPlain && isUtf8) return type.trim()
  const detail = `Gebruik ${operation.bodyTypes.join(' of ')}, in UTF-8 en niet gecomprimeerd.`
  throw new HubError('mediatype-niet-ondersteund', { detail })
}

/** What is too much is read on and forgotten: the connection serves the next request, or ends by the server's own time limit. */
function collect(request: Request, operation: Operation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    tellToContinue(request)
    const timer = setTimeout(
      () => reject(invalid('te-traag', 'De body kwam niet op tijd binnen.', 'Stuur het verzoek opnieuw.')),
      BODY_TIMEOUT_MS,
    )
    const done = (settle: () => void) => {
      clearTimeout(timer)
      settle()
    }
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= operation.bodyBytes_max) parts.push(part)
      else done(() => reject(tooLarge(operation)))
    })
    request.on('end', () => done(() => resolve(Buffer.concat(parts))))
    request.on('error', () =>
      done(() => reject(invalid('afgebroken', 'De verbinding is verbroken.', 'Stuur het verzoek opnieuw.'))),
    )
  })
}

/** Tells who asked before sending (`Expect: 100-continue`) that its body is wanted. */
export function tellToContinue({ headers, res }: Request): void {
  if (/\b100-continue\b/i.test(headers.expect ?? '')) res?.writeContinue()
}

function invalid(code: string, melding: string, watNu: string): HubError {
  return new HubError('ongeldige-invoer', { faults: [faultOf('', code, melding, watNu)] })
}

function tooLarge(operation: Operation): HubError {
  return new HubError('te-groot', {
    detail: `Een verzoek is hier ten hoogste ${operation.bodyBytes_max / 1024} KiB; verdeel het.`,
  })
}
