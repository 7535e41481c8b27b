import type { Fault } from '../schemas/fault.ts'

/** The closed union of what can go wrong. A denied consent, a "no match" and a duplicate are results, not errors. */
export type ErrorCode =
  | 'ongeldige-invoer'
  | 'token-ongeldig'
  | 'onvoldoende-rechten'
  | 'niet-gevonden'
  | 'methode-niet-toegestaan'
  | 'bronbericht-hergebruikt'
  | 'conflict'
  | 'versie-verouderd'
  | 'te-groot'
  | 'mediatype-niet-ondersteund'
  | 'koppen-te-groot'
  | 'te-traag'
  | 'te-veel-verzoeken'
  | 'te-veel-personen'
  | 'tijdelijk-niet-beschikbaar'
  | 'interne-fout'
  | 'configuratie'
  | 'gebruik'

export interface HubErrorOptions {
  /** Dutch, safe to show to whoever asked. */
  detail?: string
  faults?: Fault[]
  /** Seconds to wait before trying again; for temporary errors. */
  retryAfter_s?: number
  cause?: unknown
}

/** The one error of the hub: a code, a detail that may be shown, and a cause that is only logged. */
export class HubError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly faults: Fault[]
  readonly retryAfter_s: number | undefined

  constructor(code: ErrorCode, options: HubErrorOptions = {}) {
    super(options.detail ?? code, { cause: options.cause })
    this.name = 'HubError'
    this.code = code
    this.detail = options.detail
    this.faults = options.faults ?? []
    this.retryAfter_s = options.retryAfter_s
  }
}
