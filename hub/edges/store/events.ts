import type { Kysely } from 'kysely'
import { decodeTime } from 'ulid'
import type { Webhooks } from '../../ports/webhooks.ts'
import type { Events, NewEvent } from '../../ports.ts'
import type { DeliveryRow, EventRow, SubscriptionRow } from '../../rows.ts'
import type { Database } from './database.ts'
import { insertReturning, insertRows, isPostgres } from './sets.ts'

export function eventsRoom(db: Kysely<Database>): Events {
  return {
    append: (events) => append(db, events),
    list: (receiver, municipalities, after, limit) =>
      db
        .selectFrom('event')
        .selectAll()
        .where('receiver', '=', receiver)
        .where('number', '>', after)
        .$if(municipalities !== null, (query) =>
          query.where((e) => e.or([e('municipality', 'is', null), e('municipality', 'in', [...(municipalities ?? []), ''])])),
        )
        .orderBy('number')
        .limit(limit)
        .execute(),
    async countMatchEvents() {
      const count = db.selectFrom('event').select((e) => e.fn.countAll().as('n'))
      return Number((await count.where('type', 'like', 'nl.verwijsindex.match.%').executeTakeFirst())?.n ?? 0)
    },
  }
}

/** Events and their webhook deliveries become rows together, in the transaction of what they tell. */
async function append(db: Kysely<Database>, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const next = await lastNumbers(db, [...new Set(events.map((event) => event.receiver))])
  const numbered = events.map((event) => {
    const number = (next.get(event.receiver) ?? 0) + 1
    next.set(event.receiver, number)
    return { ...event, number }
  })
  const subscriptions = await db.selectFrom('subscription').selectAll().where('state', '=', 'actief').execute()
  const made = await insertReturning(db, 'event', numbered, ['seq', 'receiver', 'type', 'id'])
  await insertRows(db, 'delivery', deliveriesOf(made, subscriptions))
}

/** One by one: the last of each is a look into the index, of all together a walk through it. */
async function lastNumbers(db: Kysely<Database>, receivers: string[]): Promise<Map<string, number>> {
  const last = new Map<string, number>()
  for (const receiver of receivers) {
    const newest = db.selectFrom('event').select((e) => e.fn.max('number').as('number'))
    last.set(receiver, Number((await newest.where('receiver', '=', receiver).executeTakeFirst())?.number ?? 0))
  }
  return last
}

function deliveriesOf(
  events: Pick<EventRow, 'seq' | 'receiver' | 'type' | 'id'>[],
  subscriptions: SubscriptionRow[],
): DeliveryRow[] {
  return events.flatMap((event) =>
    subscriptions
      .filter((subscription) => subscription.organisation === event.receiver && wants(subscription, event.type))
      .map((subscription) => ({
        event: event.seq,
        subscription: subscription.id,
        state: 'wacht',
        attempts: 0,
        nextAt: madeAt(event.id),
        claimedUntil: null,
        lastStatus: null,
      })),
  )
}

/** Real time, from the id: `time` is the calendar's, which can lie ahead of it or behind. */
function madeAt(id: string): string {
  return new Date(decodeTime(id.slice(2))).toISOString()
}

function wants(subscription: SubscriptionRow, type: string): boolean {
  const types = JSON.parse(subscription.types) as string[]
  return types.length === 0 || types.includes(type)
}

export function webhooksRoom(db: Kysely<Database>): Webhooks {
  return {
    async insertSubscription(subscription) {
      await db.insertInto('subscription').values(subscription).execute()
    },
    async organisationsNaming(type) {
      const rows = db.selectFrom('subscription').select(['organisation', 'types']).where('state', '=', 'actief')
      const naming = (await rows.execute()).filter(({ types }) => (JSON.parse(types) as string[]).includes(type))
      return [...new Set(naming.map(({ organisation }) => organisation))]
    },
    listSubscriptions: (organisation) =>
      db.selectFrom('subscription').selectAll().where('organisation', '=', organisation).orderBy('id').execute(),
    async setSubscriptionState(id, organisation, state) {
      const change = db.updateTable('subscription').set({ state }).where('id', '=', id).where('state', '!=', 'beeindigd')
      const own = organisation === null ? change : change.where('organisation', '=', organisation)
      return Number((await own.executeTakeFirst()).numUpdatedRows) > 0
    },
    waiting: async (now) => (await due(db, now).limit(1).execute()).length > 0,
    claim: (now, until, limit) => claim(db, now, until, limit),
    async settle({ event, subscription, ...row }, lease) {
      const result = await db
        .updateTable('delivery')
        .set(row)
        .where('event', '=', event)
        .where('subscription', '=', subscription)
        .where('claimedUntil', '=', lease)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) > 0
    },
    async countByState() {
      const rows = await db
        .selectFrom('delivery')
        .select((e) => ['state', e.fn.countAll().as('n')])
        .groupBy('state')
        .execute()
      return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]))
    },
  }
}

/** Claimed by state, never by a number greater than the last: a row that commits late is found all the same. */
function due(db: Kysely<Database>, now: string) {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('state', '=', 'wacht')
    .where('nextAt', '<=', now)
    .where((e) => e.or([e('claimedUntil', 'is', null), e('claimedUntil', '<', now)]))
    .orderBy('nextAt')
}

async function claim(db: Kysely<Database>, now: string, until: string, limit: number) {
  const claimed = []
  const free = due(db, now).limit(limit)
  // What another hub is claiming at this moment is passed over.
  for (const row of await free.$if(isPostgres(db), (query) => query.forUpdate().skipLocked()).execute()) {
    const delivery = { ...row, claimedUntil: until }
    const key = db.updateTable('delivery').set({ claimedUntil: until }).where('event', '=', row.event)
    await key.where('subscription', '=', row.subscription).execute()
    const event = await db.selectFrom('event').selectAll().where('seq', '=', row.event).executeTakeFirstOrThrow()
    const subscription = await db
      .selectFrom('subscription')
      .selectAll()
      .where('id', '=', row.subscription)
      .executeTakeFirstOrThrow()
    claimed.push({ delivery, event, subscription })
  }
  return claimed
}
