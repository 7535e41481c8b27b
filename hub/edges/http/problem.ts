import { randomBytes } from 'node:crypto'
import type { ErrorCode } from '../../errors.ts'
import { HubError } from '../../errors.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'

/** The only place that knows HTTP statuses of errors, with the Dutch title of each. */
const PROBLEMS: Record<ErrorCode, { status: number; title: string; detail: string }> = {
  'ongeldige-invoer': {
    status: 400,
    title: 'De invoer klopt niet',
    detail: 'Herstel alle genoemde fouten en bied het verzoek opnieuw aan.',
  },
  'token-ongeldig': {
    status: 401,
    title: 'Geen geldig token',
    detail: 'Vraag een nieuw token aan bij de identiteitsdienst en probeer het opnieuw.',
  },
  'onvoldoende-rechten': {
    status: 403,
    title: 'Onvoldoende rechten',
    detail: 'Dit token mag deze handeling niet doen; vraag een token met de juiste scope.',
  },
  'niet-gevonden': { status: 404, title: 'Niet gevonden', detail: 'Dit bestaat niet, of u mag het niet zien.' },
  'methode-niet-toegestaan': {
    status: 405,
    title: 'Methode niet toegestaan',
    detail: 'Gebruik een van de methoden in de Allow-header.',
  },
  'bronbericht-hergebruikt': {
    status: 409,
    title: 'Dit bronbericht is al gebruikt',
    detail: 'Er is eerder een ander bericht met hetzelfde bronbericht ontvangen; geef dit bericht een eigen bronbericht.',
  },
  conflict: { status: 409, title: 'Dit kan nu niet', detail: 'De handeling past niet bij de huidige stand.' },
  'versie-verouderd': {
    status: 412,
    title: 'De versie is verouderd',
    detail: 'Haal de huidige stand op en bied de wijziging opnieuw aan.',
  },
  'te-groot': { status: 413, title: 'Het verzoek is te groot', detail: 'Verdeel het over kleinere verzoeken.' },
  'mediatype-niet-ondersteund': {
    status: 415,
    title: 'Mediatype niet ondersteund',
    detail: 'Gebruik een mediatype uit het OpenAPI-document.',
  },
  'koppen-te-groot': {
    status: 431,
    title: 'De koppen zijn te groot',
    detail: 'Gebruik ten hoogste 16 KiB aan koppen.',
  },
  'te-traag': { status: 408, title: 'Het verzoek kwam niet op tijd', detail: 'Stuur het verzoek opnieuw, in een keer.' },
  'te-veel-verzoeken': {
    status: 429,
    title: 'Te veel verzoeken',
    detail: 'Wacht zo lang als Retry-After zegt en probeer het opnieuw.',
  },
  'te-veel-personen': {
    status: 429,
    title: 'Te veel verschillende personen',
    detail:
      'Deze client vroeg in een uur naar te veel verschillende personen; de privacyfunctionaris ziet dit. Wacht zo lang als Retry-After zegt.',
  },
  'tijdelijk-niet-beschikbaar': {
    status: 503,
    title: 'Tijdelijk niet beschikbaar',
    detail: 'Er is niets vastgelegd; probeer het over enkele seconden opnieuw.',
  },
  'interne-fout': {
    status: 500,
    title: 'Interne fout',
    detail: 'Het verzoek kon niet worden afgehandeld; meld het voorval in instance aan de beheerder.',
  },
  configuratie: {
    status: 500,
    title: 'Interne fout',
    detail: 'Het verzoek kon niet worden afgehandeld; meld het voorval in instance aan de beheerder.',
  },
  gebruik: {
    status: 500,
    title: 'Interne fout',
    detail: 'Het verzoek kon niet worden afgehandeld; meld het voorval in instance aan de beheerder.',
  },
}

/** What a library's refusal of a request (its body, mostly) is as one of ours, by the status that it gives. */
const OF_LIBRARIES: Record<number, ErrorCode> = {
  400: 'ongeldige-invoer',
  413: 'te-groot',
  415: 'mediatype-niet-ondersteund',
}

/** Of RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** Success statuses beside the one that the OpenAPI document gives. */
export const OK = 200
export const NOT_MODIFIED = 304
/** Of a refused token, whose answer says which token is wanted. */
export const UNAUTHORIZED = 401

/** An error as it leaves: status, headers, and a body of RFC 9457 without any input value. */
export interface Problem {
  status: number
  headers: Record<string, string>
  body: Record<string, unknown>
}

/** Where it went wrong. A path is not told again: it can hold an id, or anything that someone typed into it. */
export interface Place {
  /** `operationId`; absent outside the API's operations. */
  operation?: string
  traceId?: string
}

/** What a request was refused for; null for what nobody foresaw. */
export function refusalOf(error: unknown): HubError | null {
  if (error instanceof HubError) return error
  const { status, expose } = (error ?? {}) as { status?: number; expose?: boolean }
  const code = expose && status ? OF_LIBRARIES[status] : undefined
  return code ? new HubError(code, { cause: error, faults: code === 'ongeldige-invoer' ? [UNREADABLE] : [] }) : null
}

const UNREADABLE = faultOf('', 'onleesbaar', 'De body is niet te lezen.', 'Stuur het verzoek opnieuw, in een keer.')

/**
 * Turns any error into a problem; what is not a `HubError` shows nothing of itself. The same refusal of the same operation is the
 * same bytes, whatever was asked for; only a fault of the hub itself has a number of its own to report.
 */
export function problemOf(error: unknown, place: Place = {}): Problem {
  const known = refusalOf(error) ?? new HubError('interne-fout', { cause: error })
  const { status, title, detail } = PROBLEMS[known.code]
  const retry = known.retryAfter_s ?? (status === 503 ? 2 : undefined)
  const type = `urn:verwijsindex:fout:${known.code}`
  const occurrence =
    status >= 500 ? `voorval:${place.traceId ?? randomBytes(16).toString('hex')}` : `bewerking:${place.operation ?? 'onbekend'}`
  return {
    status,
    headers: {
      ...(retry === undefined ? {} : { 'Retry-After': String(retry) }),
    },
    body: {
      type,
      title,
      status,
      detail: known.detail ?? detail,
      instance: `urn:verwijsindex:${occurrence}`,
      ...(known.faults.length > 0 ? { fouten: known.faults } : {}),
    },
  }
}

/** The status that a row of a batch would have had as a request of its own. */
export function statusOf(code: ErrorCode): number {
  return PROBLEMS[code].status
}
