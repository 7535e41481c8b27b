import type { Store } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'

/**
 * Shares the work among hubs that have one store. With one hub there is nothing to share, and everything is its own. Lost with it:
 * nothing; what a hub had taken is free again when its time is over.
 */
export interface Shares {
  /** Registrations that wait, oldest first: for a while no other hub gets them. What this hub took before and did not finish is free again. */
  takeWaiting(limit: number): Promise<RegistrationRow[]>
  /**
   * Runs work that one hub does at a time, over a store of which every write fails (`tijdelijk-niet-beschikbaar`) once another hub has taken over;
   * undefined, and nothing run, while another has it.
   */
  asOnly<T>(name: string, work: (store: Store) => Promise<T>): Promise<T | undefined>
  /** The keys of this hub's `regio.json`, as it lies there now, are the region's. Throws `configuratie` when another hub has others. */
  agreeOnKeys(): Promise<void>
  /** Lets the other hubs know that this one knows an epoch of the linking keys: it writes and seeks under it from now on. */
  knowsEpoch(epoch: string): Promise<void>
  /** Whether every hub that is at work knows it. One that comes later knows it too, or is not let in. */
  allKnowEpoch(epoch: string): Promise<boolean>
  /** What any hub erased after a number, oldest first; of a hub that has no others: nothing. */
  erasedAfter(number: number, limit: number): Promise<{ number: number; id: string; day: string }[]>
}
