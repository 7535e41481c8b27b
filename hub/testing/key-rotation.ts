import { deliveryOf } from '../bench/deliveries.ts'
import { inventedRegistrations } from '../bench/registrations.ts'
import type { Hub } from '../context.ts'
import { answerReview } from '../flows/answer-review.ts'
import { accept, processWaiting } from '../pipeline.ts'

/** Persons without BSN, some of them more than once: what two hubs must make the same of, whatever their keys. */
export const SENT = inventedRegistrations(280, { withBsn: false, seed: 31 })
/** How many are sent at a time; at every so many groups a koppelvraag is answered. */
export const GROUP = 4

const PRINCIPAL = deliveryOf('beheer', SENT[0]!.registration).sender

type Sent = (typeof SENT)[number]

export async function take(hub: Hub, sent: Sent[]): Promise<void> {
  await accept(
    hub,
    sent.map(({ client, registration }) => deliveryOf(client, registration)),
  )
  await processAll(hub)
}

/** The same person, at the same organisation, under another reference. */
export function anew({ client, registration }: Sent) {
  const name = `nog-eens-${registration.kenmerk}`
  return deliveryOf(client, { ...registration, kenmerk: name, bronbericht: name })
}

export async function processAll(hub: Hub): Promise<void> {
  while ((await processWaiting(hub, 50)) > 0);
}

const rowsOf = (hub: Hub) => hub.store.read((tx) => tx.registrations.listAll(0, 1000))

/** Of the fifty sent once more, how many are one with the first, or in question. */
export async function linkedAgain(hub: Hub): Promise<number> {
  const rows = await rowsOf(hub)
  const added = rows.slice(-50)
  const asked = await hub.store.read((tx) => tx.linking.reviewsTouching(added.map(({ seq }) => seq)))
  const questioned = new Set(asked.map(({ registration }) => registration))
  return added.filter((row, at) => row.person === rows[at]?.person || questioned.has(row.seq)).length
}

/** Who is who, who is in question, which matches stand: by row numbers, which are the same in two hubs that got the same. */
export async function stateOf(hub: Hub): Promise<Record<string, string[]>> {
  const rows = await rowsOf(hub)
  const groups = [...Map.groupBy(rows, ({ person }) => person).values()]
  return hub.store.read(async (tx) => {
    const reviews = await tx.linking.listReviews({ state: null, overdue: null }, '', 1000)
    const matches = await tx.matches.listOpen('', 1000)
    const sides = Map.groupBy(await tx.matches.sides(matches.map(({ id }) => id)), ({ match }) => match)
    return {
      persons: groups.map((group) => group.map(({ seq }) => seq).join(' ')),
      reviews: reviews.map(({ registration, candidate, state }) => `${registration} ${candidate} ${state}`).sort(),
      matches: matches
        .map(({ id, kind }) => `${kind} ${(sides.get(id) ?? []).map(({ registration }) => registration).sort((a, b) => a - b)}`)
        .sort(),
    }
  })
}

export async function answerOne(hub: Hub, at: number): Promise<void> {
  const reviews = await hub.store.read((tx) => tx.linking.listReviews({ state: 'open', overdue: null }, '', 1000))
  const review = reviews.toSorted((a, b) => a.registration - b.registration || a.candidate - b.candidate)[0]
  if (review) await answerReview(hub, PRINCIPAL, review.id, { antwoord: at % (20 * GROUP) === 0 ? 'dezelfde' : 'verschillend' })
}

/** Every key in the store that comes of a linking key. */
export async function keysIn(hub: Hub): Promise<string[]> {
  const seqs = (await rowsOf(hub)).map(({ seq }) => seq)
  return hub.store.read(async (tx) => [
    ...[...(await tx.keyEpochs.blockingKeys(seqs)).values()].flat(),
    ...[...(await tx.keyEpochs.anchors(seqs)).values()].flat().map(({ key }) => key),
    ...(await tx.matches.listOpen('', 1000)).flatMap(({ kind, subject }) => (kind === 'gezin' ? [subject] : [])),
  ])
}
