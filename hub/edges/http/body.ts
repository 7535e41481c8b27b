import type { IncomingMessage } from 'node:http'
import type { Operation } from '../../../schemas/openapi.ts'
import { validator } from '../../../schemas/validate.ts'
import { HubError } from '../../errors.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'

/** A body as the handlers get it: checked JSON, or the bytes of a file. */
export interface Body {
  json: unknown
  bytes: Buffer
  mediaType: string
}

const NO_BODY: Body = { json: undefined, bytes: Buffer.alloc(0), mediaType: '' }
const NDJSON = 'application/x-ndjson'
const BODY_TIMEOUT_MS = 30_000

/** Reads a request's body within the operation's limits and checks it by its schema. Throws with every fault at once. */
export async function readBody(request: IncomingMessage, operation: Operation): Promise<Body> {
  if (operation.bodyTypes.length === 0) return NO_BODY
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > operation.bodyBytes_max) throw tooLarge(operation)
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const empty = declared === 0 && request.headers['transfer-encoding'] === undefined
  if (empty && !operation.bodyRequired) return { ...NO_BODY, json: {} }
  if (!operation.bodyTypes.includes(mediaType) || (request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new HubError('mediatype-niet-ondersteund', {
      detail: `Gebruik ${operation.bodyTypes.join(' of ')}, niet gecomprimeerd.`,
    })
  const bytes = await collect(request, operation)
  if (operation.bodySchema === null) return { json: undefined, bytes, mediaType }
  if (bytes.length === 0 && !operation.bodyRequired) return { ...NO_BODY, json: {} }
  const json = mediaType === NDJSON ? parseLines(bytes) : parseJson(bytes.toString('utf8'))
  const faults = operation.bodySchema === 'registratie' ? [] : validator(operation.bodySchema)(json)
  if (faults.length > 0) throw new HubError('ongeldige-invoer', { faults })
  return { json, bytes, mediaType }
}

function collect(request: IncomingMessage, operation: Operation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
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
      else {
        request.pause()
        done(() => reject(tooLarge(operation)))
      }
    })
    request.on('end', () => done(() => resolve(Buffer.concat(parts))))
    request.on('error', () =>
      done(() => reject(invalid('afgebroken', 'De verbinding is verbroken.', 'Stuur het verzoek opnieuw.'))),
    )
  })
}

function parseLines(bytes: Buffer): { registraties: unknown[] } {
  const lines = bytes.toString('utf8').split('\n')
  return { registraties: lines.filter((line) => line.trim() !== '').map(parseLine) }
}

/** A line that is no JSON is a faulty row, not a faulty request. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw invalid('json', 'De body is geen geldige JSON.', 'Stuur één JSON-object in UTF-8.')
  }
}

function invalid(code: string, melding: string, watNu: string): HubError {
  return new HubError('ongeldige-invoer', { faults: [faultOf('', code, melding, watNu)] })
}

function tooLarge(operation: Operation): HubError {
  return new HubError('te-groot', {
    detail: `Een verzoek is hier ten hoogste ${operation.bodyBytes_max / 1024} KiB; verdeel het.`,
  })
}
