/** Waits before each further attempt, in seconds: ten attempts over 75 hours (Standard Webhooks, delivery attempts). */
const WAITS_S = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 84_000]

/** Ten attempts: the first at once, one after each wait. */
const ATTEMPTS_MAX = WAITS_S.length + 1

/**
 * When to try again after the attempt with this number (1 is the first), or null when it was the last. `spread` between 0 and 1
 * adds up to a tenth, so that many receivers are not called at once; a receiver's `Retry-After` may put it off, never hurry it.
 */
export function nextAttempt(attempt: number, now: Date, spread: number, retryAfter_s: number): Date | null {
  if (attempt >= ATTEMPTS_MAX) return null
  const wait_s = Math.max((WAITS_S[attempt - 1] ?? 0) * (1 + spread / 10), retryAfter_s)
  return new Date(now.getTime() + wait_s * 1000)
}
