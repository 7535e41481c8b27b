import type { LifeEventRow } from '../rows.ts'

/** What municipalities told and is still to be taken. Nothing of it stays when that is done. */
export interface LifeEvents {
  insert(events: LifeEventRow[]): Promise<void>
  /** In the order in which they came. */
  oldest(limit: number): Promise<LifeEventRow[]>
  /** Answers whether it was there still: of two who take it, one. */
  remove(id: string): Promise<boolean>
}
