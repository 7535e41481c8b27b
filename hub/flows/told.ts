import type { Hub } from '../context.ts'
import type { DisclosureRow } from '../rows.ts'
import type { Fate } from '../stages/alert/announce.ts'
import { seqsOf, type View, viewsOf } from '../stages/alert/view.ts'
import { dayOf } from '../stages/calendar.ts'
import { whereTheyLive } from '../stages/coordination/residence.ts'
import { pointFor } from '../stages/coordination/routing.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import type { Files } from './files.ts'
import { isOpen } from './involvements.ts'
import { mayTell } from './permits.ts'
import type { Receiver } from './receivers.ts'

/** The receiver's own registrations in what it was told last, and the others', by row number. */
export function toldSides(row: DisclosureRow): { own: number[]; others: number[] } {
  return { own: JSON.parse(row.own), others: JSON.parse(row.others) }
}

export function toldSeqs(row: DisclosureRow): number[] {
  const { own, others } = toldSides(row)
  return [...own, ...others]
}

/** What a receiver may see of these involvements at this instant; what may not be told to it takes no part. */
export function seenBy(hub: Hub, sides: Involvement[], receiver: Receiver, files: Files, at: Date): View[] {
  const visible = sides.filter(
    (side) => side.organisation === receiver.id || mayTell(hub, files, side.seq, receiver, at).besluit === 'toestaan',
  )
  const views = viewsOf(
    whereTheyLive(visible).map((side) => (side.organisation === receiver.id ? side : asTold(hub, side))),
    { organisation: receiver.id, hasSides: receiver.hasSides },
  )
  return receiver.hasSides ? views : views.filter((view) => concerns(hub, view, receiver))
}

/** Another's side with only what the policy lets be told: what is not told cannot show by changing either. */
function asTold({ policy }: Hub, side: Involvement): Involvement {
  const told = policy.velden.vertellen
  return {
    ...side,
    status: told.includes('status') ? side.status : '',
    startedOn: told.includes('begindatum') ? side.startedOn : '',
  }
}

/** A coördinatiepunt sees a match when one of the visible sides lies in its municipalities. */
function concerns(hub: Hub, view: View, receiver: Receiver): boolean {
  return view.others.some((side) => pointFor(hub.region, side.municipality) === receiver.id)
}

/** Of what is visible only: an own side's municipality first, else one for which this coördinatiepunt stands. */
export function municipalityOf(hub: Hub, view: View, receiver: Receiver): string {
  const near = view.others.find((side) => pointFor(hub.region, side.municipality) === receiver.id)
  return (view.own[0] ?? near ?? view.others[0])?.municipality ?? ''
}

/** What became of the involvements that one disclosure told, from what its receiver could see and nothing else. */
export function fatesOf(
  hub: Hub,
  files: Files,
  row: DisclosureRow,
  receiver: Receiver,
  views: View[],
  at: Date,
): { ownLeft: boolean; fate: (seq: number) => Fate } {
  const day = dayOf(at)
  const { own, others } = toldSides(row)
  const all = [...own, ...others]
  const ended = (seq: number) => !files.rows.get(seq) || !isOpen(hub, files.rows.get(seq)!, day)
  const denied = (seq: number) => others.includes(seq) && mayTell(hub, files, seq, receiver, at).besluit !== 'toestaan'
  const together = (seq: number) => {
    const shown = views.filter((view) => view.kind === row.kind).map((view) => new Set(seqsOf(view)))
    return shown.some((view) => view.has(seq) && all.some((other) => other !== seq && view.has(other)))
  }
  const strangers = (seq: number) => {
    const person = files.rows.get(seq)?.person
    return (own.length > 0 ? own : all).every((other) => other === seq || files.rows.get(other)?.person !== person)
  }
  const untied = (seq: number) => !together(seq) && !all.some((other) => ended(other) || denied(other))
  const moved = (seq: number) => all.length > 1 && (row.kind === 'persoon' ? strangers(seq) : untied(seq))
  return {
    ownLeft: !receiver.hasSides || own.some((seq) => !ended(seq)),
    // A registration that is about somebody else now may be denied as well, for want of that person's answers: the link is what was wrong.
    fate: (seq) => (ended(seq) ? 'geeindigd' : moved(seq) ? 'verhuisd' : denied(seq) ? 'geweigerd' : 'zichtbaar'),
  }
}
