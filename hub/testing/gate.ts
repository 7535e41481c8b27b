import { localAllowances } from '../edges/allowances.ts'
import { clientAddress } from '../edges/client-address.ts'
import { type Gate, rateLimit, refillsOf } from '../edges/rate-limit.ts'

const DEMO = { requestsPerSecond: 1000, loginsPerMinute: 6000, pagesPerMinute: 12_000 }

/** What counts requests beside the API, as a hub in the demo has it; `refused` gets every refusal. */
export function gateOf(settings: Partial<typeof DEMO> = {}, refused: (error: unknown) => void = () => {}): Gate {
  const limit = rateLimit(refillsOf({ ...DEMO, ...settings }), localAllowances())
  return { limit, addressOf: clientAddress([]), refused }
}
