import type * as rows from '../rows.ts'

/** A delivery that this process has claimed until its lease ends; no other takes it before then. */
export interface ClaimedDelivery {
  delivery: rows.DeliveryRow
  event: rows.EventRow
  subscription: rows.SubscriptionRow
}

export interface Webhooks {
  insertSubscription(subscription: rows.SubscriptionRow): Promise<void>
  /** Organisations with a subscription that names this type; one that names none does not ask for it. */
  organisationsNaming(type: string): Promise<string[]>
  listSubscriptions(organisation: string): Promise<rows.SubscriptionRow[]>
  setSubscriptionState(id: string, organisation: string | null, state: string): Promise<boolean>
  /** Whether anything is due. */
  waiting(now: string): Promise<boolean>
  claim(now: string, until: string, limit: number): Promise<ClaimedDelivery[]>
  /** Records an attempt's outcome, when the lease is still ours (fencing): answers whether it was. */
  settle(delivery: rows.DeliveryRow, lease: string): Promise<boolean>
  countByState(): Promise<Record<string, number>>
}
