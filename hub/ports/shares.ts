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
  /** What any hub erased after a number, oldest first; of a hub that has no others: nothing. */
  erasedAfter(number: number, limit: number): Promise<{ number: number; id: string; day: string }[]>
}
