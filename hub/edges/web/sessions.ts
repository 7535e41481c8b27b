import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Principal } from '../../principal.ts'
import type { PendingLogin } from './web-port.ts'

const SESSIONS_MAX = 10_000
const PENDING_MAX = 10_000
const PENDING_MS = 600_000
const IDLE_MS = 30 * 60_000
const WHOLE_MS = 4 * 3600_000

/** One person logged in. */
export interface Session {
  principal: Principal
  /** Which session it is, for counting; opens nothing. */
  name: string
  /** Stands in every form of this session. */
  csrf: string
  /** What was just recorded; shown once. */
  confirmation: string | null
}

/**
 * Sessions, in this process and revocable. An access token lives fifteen minutes and is not kept: it only proved who logged
 * in. The session has a life of its own, thirty minutes without use and four hours in all; after that one logs in again.
 */
export interface Sessions {
  open(principal: Principal): string
  /** The session of this id, which counts as use; null when there is none (any more). */
  find(id: string): Session | null
  revoke(id: string): void
  /** Remembers a login under way; it can be taken once, within ten minutes. */
  await(pending: PendingLogin): string
  take(id: string): PendingLogin | null
}

export function createSessions(now_ms: () => number = Date.now): Sessions {
  const sessions = new Map<string, { session: Session; usedAt: number; openedAt: number }>()
  const logins = new Map<string, { pending: PendingLogin; startedAt: number }>()
  const isOver = ({ usedAt, openedAt }: { usedAt: number; openedAt: number }) =>
    now_ms() - usedAt > IDLE_MS || now_ms() - openedAt > WHOLE_MS

  return {
    open(principal) {
      const id = randomId()
      dropOldest(sessions, SESSIONS_MAX)
      const name = digest(id)
      const session = { principal, name, csrf: randomId(), confirmation: null }
      sessions.set(name, { session, usedAt: now_ms(), openedAt: now_ms() })
      return id
    },
    find(id) {
      const entry = sessions.get(digest(id))
      if (!entry || isOver(entry)) {
        sessions.delete(digest(id))
        return null
      }
      entry.usedAt = now_ms()
      return entry.session
    },
    revoke: (id) => void sessions.delete(digest(id)),
    await(pending) {
      const id = randomId()
      dropOldest(logins, PENDING_MAX)
      logins.set(digest(id), { pending, startedAt: now_ms() })
      return id
    },
    take(id) {
      const entry = logins.get(digest(id))
      logins.delete(digest(id))
      return entry && now_ms() - entry.startedAt <= PENDING_MS ? entry.pending : null
    },
  }
}

/** Whether a form came from a page of this session. */
export function isOwnForm(session: Session, csrf: unknown): boolean {
  const [given, own] = [Buffer.from(typeof csrf === 'string' ? csrf : ''), Buffer.from(session.csrf)]
  return given.length === own.length && timingSafeEqual(given, own)
}

/** 256 bits. */
function randomId(): string {
  return randomBytes(32).toString('base64url')
}

/** Only digests are kept, so that a look into memory gives no session away. */
function digest(id: string): string {
  return hash('sha256', id, 'base64url')
}

function dropOldest(entries: Map<string, unknown>, max: number): void {
  for (const key of entries.keys()) {
    if (entries.size < max) return
    entries.delete(key)
  }
}
