import type { Regio } from '../schemas/types.ts'
import type { Contents } from './flows/contents.ts'
import type { LogReader } from './ports/access-log.ts'
import type { ErasureList } from './ports/consents.ts'
import type { LinkKeyring } from './ports/link-keys.ts'
import type { Clock, Ids } from './ports/machine.ts'
import type { Allowances, IndexUpkeep, KeyIndex, ReplayCache } from './ports/shared.ts'
import type { Shares } from './ports/shares.ts'
import type { DataKeys, Store, Wakeup } from './ports.ts'
import type { Policy } from './stages/consent/policy.ts'
import type { LinkModel } from './stages/link/model.ts'
import type { CountingRules } from './stages/match/involvement.ts'

/** What the flows work with: the ports, the keys, and the rules of the region. Made once, in `hub.ts`. */
export interface Hub {
  store: Store
  shares: Shares
  dataKeys: DataKeys
  index: KeyIndex
  /** Null: the index needs none. */
  indexUpkeep: IndexUpkeep | null
  erased: ErasureList
  contents: Contents
  clock: Clock
  ids: Ids
  keys: HubKeys
  region: Regio
  policy: Policy
  /** Which involvements count for a match, from the policy. */
  counting: CountingRules
  /** Days within which contact is expected after a match, from the policy. */
  contactDays: number
  model: LinkModel
  accessLog: LogReader
  /** Looks whether the access log has another key, and lets it go over to it; answers how many changes there were. */
  followLogKey(): Promise<number>
  /**
   * The W3C trace ids of the requests whose work this is, by the registration that each is about: a receiver's event carries on the
   * trace of a registration that it was told of, never of one that it does not see.
   */
  traces?: ReadonlyMap<number, string>
  /** Rung when something waits: registrations to link, events to deliver. */
  linking: Wakeup
  delivery: Wakeup
  /** What clients asked, and what was used up, at every hub of the region. */
  allowances: Allowances
  replays: ReplayCache
  demo: boolean
  /** Which engine is behind each port. */
  engines: { poort: string; motor: string }[]
}

export interface HubKeys {
  link: LinkKeyring
  /** Keyed hash of a message id, a reference or a body: nothing of the value can be read or guessed from it. */
  hash(purpose: 'bericht' | 'kenmerk' | 'inhoud' | 'kalender' | 'gedeeld', value: string): Buffer
  /** Seals what belongs to no registration: quarantine, results, secrets of subscriptions. */
  vault: { seal(plain: string, context: string): Buffer; unseal(sealed: Uint8Array, context: string): string }
}
