import { addDays } from '../../stages/calendar.ts'
import { type Dossier, isOpen, mayTell } from '../life-oracle.ts'

/** What a walk knows of its own family, from what it did alone; it shares nothing with the hub. */

export const ORGANISATIONS = ['mee', 'rubicon', 'vorkmeer'] as const
export const POINTS = ['coordinatiepunt', 'punt-noord'] as const
export const DOCTOR = 'huisarts'
export const EVERYONE = [...ORGANISATIONS, ...POINTS, DOCTOR]
/** One of the first point, one of the second, and one that is attached to the second. */
export const MUNICIPALITIES = ['1894', '0984', '1507'] as const

export const pointOf = (municipality: string) => (municipality === '1894' ? POINTS[0] : POINTS[1])

export interface WalkDossier extends Dossier {
  /** The registration's id. */
  id: string
  version: number
  municipality: string
  /** A proof of informing of everyone came with its newest version. */
  informed: boolean
}

export interface Asked {
  id: string
  by: string
  dossier: WalkDossier
  state: 'ontvangen' | 'getoetst' | 'afgewezen' | 'opgepakt'
  /** Where it lies: with the residence as long as nobody answered it. */
  point: string
}

export interface Offer {
  from: string
  to: string
  dossier: WalkDossier
}

export interface Agreement {
  caseId: string
  due: string
  /** What was reported; null: nothing. */
  kept: boolean | null
}

export interface World {
  day: string
  /** Messages sent, and moments that went by, so far. */
  sent: number
  ticks: number
  /** By organisation and child. */
  dossiers: Map<string, WalkDossier>
  asked: Map<string, Asked>
  cases: Set<string>
  offers: Map<string, Offer>
  agreements: Map<string, Agreement>
  /** Followers that were added, by the dossier they follow. */
  followed: Set<WalkDossier>
}

export interface Child {
  name: string
  born: string
}

/** Who is past sixteen and comes of age, who turns twelve, and who does neither, all within the year of the walk. */
export function childrenOn(day: string): Child[] {
  const ago = (years: number, days: number) => addDays(`${Number(day.slice(0, 4)) - years}${day.slice(4, 7)}-15`, days)
  return [
    { name: 'oudste', born: ago(18, 70) },
    { name: 'middelste', born: ago(12, 40) },
    { name: 'jongste', born: ago(8, 0) },
  ]
}

export const emptyWorld = (day: string): World => ({
  day,
  sent: 0,
  ticks: 0,
  dossiers: new Map(),
  asked: new Map(),
  cases: new Set(),
  offers: new Map(),
  agreements: new Map(),
  followed: new Set(),
})

/** Organisations whose involvement this reader may be told of on this day: of those that are open, or of any. */
export function toldTo(reader: string, { dossiers, day }: World, which: 'open' | 'any'): WalkDossier[] {
  return [...dossiers.values()].filter(
    (each) => (which === 'any' || isOpen(each, day)) && (each.by === reader || mayKnow(each, reader, day)),
  )
}

/** The huisarts is told unless there is a no, once everyone was informed; anyone else after a yes of all who must. */
function mayKnow(dossier: WalkDossier, reader: string, day: string): boolean {
  if (mayTell(dossier, reader, day)) return true
  return reader === DOCTOR && dossier.informed && mayTell({ ...dossier, said: withEveryYes(dossier) }, reader, day)
}

/** As though everyone had said yes before anything else: only a no is left to refuse. */
function withEveryYes({ said, registered }: WalkDossier): WalkDossier['said'] {
  const from = registered[0] ?? ''
  const yes = (['o1', 'o2', 'jeugdige'] as const).map((giver) => ({ giver, yes: true, to: null, from, until: '9999-12-31' }))
  return [...yes, ...said]
}
