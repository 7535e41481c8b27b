import { HubError } from '../../errors.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'

/** The client's own name for a request (draft-ietf-httpapi-idempotency-key-header), with or without quotes; null when there is none. */
export function idempotencyKeyOf(header: unknown): string | null {
  const text = String(header ?? '')
  if (text === '') return null
  const key = /^"([\x21\x23-\x7e]{1,100})"$|^([\x21\x23-\x7e]{1,100})$/.exec(text)
  if (key) return key[1] ?? key[2] ?? null
  const watNu = 'Geef 1 tot en met 100 leesbare tekens zonder spaties, bij voorkeur een UUID.'
  throw new HubError('ongeldige-invoer', {
    faults: [faultOf('/Idempotency-Key', 'vorm', 'Deze Idempotency-Key is niet te gebruiken.', watNu)],
  })
}
