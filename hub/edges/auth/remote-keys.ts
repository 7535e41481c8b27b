import { fetchJson } from './fetch-json.ts'
import { type KeySet, readKeySet } from './key-set.ts'
import type { KeySource } from './key-source.ts'

export interface RemoteKeysSettings {
  /** The issuer exactly as its tokens name it. */
  issuer: string
  /** A clock that never goes back, in milliseconds; for tests that move time. */
  now_ms?: () => number
  /** Told why the keys could not be fetched; never with a part of a token. */
  onFailure?: (reason: string) => void
  /** Keys younger than this are used without asking. */
  fresh_ms?: number
  /** No second question within this time about keys that were not there, and none after one that failed. */
  coolDown_ms?: number
  /** How long a request with a known key waits for the newest keys; a slow issuer holds up nobody. */
  patience_ms?: number
  /** How long the last keys stay in use when the issuer does not answer. */
  stale_ms?: number
  /** For each of the two documents. */
  timeout_ms?: number
}

/**
 * The keys of another identity provider, found through its discovery document (OpenID Connect Discovery 1.0, 4).
 * One question at a time. A `kid` that is not known is asked for at once, so that a new key works from its first token, but only one
 * such question per cool-down, so that a flood of forged tokens never becomes a flood of questions. An issuer that is down or slow keeps
 * its last keys for four hours.
 */
export function remoteKeys(settings: RemoteKeysSettings): KeySource {
  const { now_ms = () => performance.now(), fresh_ms = 60_000, coolDown_ms = 10_000, stale_ms = 4 * 3600_000 } = settings
  const { issuer, timeout_ms = 5_000, patience_ms = 1_000 } = settings
  let keys: KeySet | null = null
  let fetchedAt = Number.NEGATIVE_INFINITY
  let failedAt = Number.NEGATIVE_INFINITY
  let missedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | null = null

  async function ask(): Promise<void> {
    try {
      keys = await fetchKeys(issuer, timeout_ms)
      fetchedAt = now_ms()
    } catch (error) {
      failedAt = now_ms()
      settings.onFailure?.(error instanceof Error ? error.message : 'unknown')
    }
  }

  function askOnce(): Promise<void> {
    asking ??= ask().finally(() => {
      asking = null
    })
    return asking
  }

  const isCooling = (since: number) => now_ms() - since < coolDown_ms

  async function refresh(kid: string): Promise<void> {
    const isMissing = !keys?.has(kid)
    if (!isMissing && now_ms() - fetchedAt <= fresh_ms) return
    if (asking) return isMissing ? asking : withPatience(asking, patience_ms)
    if (isCooling(failedAt) || (keys && isMissing && isCooling(missedAt))) return
    if (keys && isMissing) missedAt = now_ms()
    await (isMissing ? askOnce() : withPatience(askOnce(), patience_ms))
  }

  return {
    async find(kid, alg) {
      await refresh(kid)
      if (!keys || now_ms() - fetchedAt > stale_ms) return null
      return keys.find(kid, alg)
    },
  }
}

async function withPatience(asking: Promise<void>, patience_ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, patience_ms)
  await Promise.race([asking, promise])
  clearTimeout(timer)
}

async function fetchKeys(issuer: string, timeout_ms: number): Promise<KeySet> {
  const base = checkedUrl(issuer)
  const discovery = new URL(`${base.href.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const { issuer: named, jwks_uri } = (await fetchJson(discovery, timeout_ms)) as { issuer?: unknown; jwks_uri?: unknown }
  if (named !== issuer) throw new Error('the discovery document names another issuer')
  return readKeySet(await fetchJson(checkedUrl(jwks_uri), timeout_ms))
}

/** Keys travel over TLS, except on this machine itself. */
function checkedUrl(address: unknown): URL {
  const url = typeof address === 'string' ? URL.parse(address) : null
  if (!url) throw new Error('no address for the keys')
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) throw new Error('the keys do not lie behind https')
  return url
}
