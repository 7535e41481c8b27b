import type { View } from './view.ts'

/** What a receiver has been told of a match so far. */
export interface Told {
  /** The others' registrations in what was told last. */
  others: number[]
  /** Fingerprint of what was told last. */
  digest: string
}

/** What became of an involvement that was told earlier: still there, ended, no longer permitted, or about another person. */
export type Fate = 'zichtbaar' | 'geeindigd' | 'geweigerd' | 'verhuisd'

type Shown = Pick<View, 'own' | 'others'>

export type Announcement =
  | { events: ('match.geopend' | 'match.gewijzigd' | 'koppeling.gecorrigeerd')[]; state: 'open' }
  | { events: ('match.gesloten' | 'match.ingetrokken' | 'koppeling.gecorrigeerd')[]; state: 'gesloten' | 'ingetrokken' }

/**
 * What one receiver must hear now, given what it was told (null: nothing that still stands) and what it may see; null when
 * there is nothing new. A receiver learns of endings that it could see; whether others, sealed to it, go on makes no difference.
 */
export function announce(
  told: Told | null,
  view: Shown | null,
  ownSidesLeft: boolean,
  fate: (seq: number) => Fate,
): Announcement | null {
  if (!told) return view ? { events: ['match.geopend'], state: 'open' } : null
  const moved = told.others.some((seq) => fate(seq) === 'verhuisd')
  if (view) {
    const events: ('match.gewijzigd' | 'koppeling.gecorrigeerd')[] = moved ? ['koppeling.gecorrigeerd'] : []
    if (digestOf(view) !== told.digest) events.push('match.gewijzigd')
    return events.length > 0 ? { events, state: 'open' } : null
  }
  if (moved) return { events: ['koppeling.gecorrigeerd', 'match.ingetrokken'], state: 'ingetrokken' }
  const denied = told.others.some((seq) => fate(seq) === 'geweigerd')
  return denied && ownSidesLeft
    ? { events: ['match.ingetrokken'], state: 'ingetrokken' }
    : { events: ['match.gesloten'], state: 'gesloten' }
}

/** Fingerprint of what a view shows; differs when a receiver would see something else: other own references, another status. */
export function digestOf(view: Shown): string {
  const line = (side: View['others'][number]) => `${side.seq}:${side.status}:${side.startedOn}`
  return [...view.own.map((side) => String(side.seq)), ...view.others.map(line)].sort().join()
}
