/** Who sees whom on one day of a family's life, worked out from what happened alone; it shares nothing with the hub. */

export interface Said {
  giver: 'o1' | 'o2' | 'jeugdige'
  yes: boolean
  /** One organisation; null is everyone. */
  to: string | null
  from: string
  /** The last day. */
  until: string
}

export interface Dossier {
  by: string
  child: string
  born: string
  /** Days on which it was registered anew, in order. */
  registered: string[]
  ended: string | null
  said: Said[]
  /** First days of overrides for one organisation; each holds for that day and the two that follow. */
  broken: { to: string; on: string }[]
  /** Days between which it was frozen by an objection; the last one not included. */
  frozen: { from: string; until: string }[]
}

/** Lines as `summaryOf` writes them, for one recipient on one day. */
export function lifeOn(day: string, recipient: string, dossiers: Dossier[]): string[] {
  const seen = dossiers.filter((each) => isOpen(each, day) && (each.by === recipient || mayTell(each, recipient, day)))
  return [...Map.groupBy(seen, ({ child }) => child).values()].flatMap((sides) => {
    const own = sides.filter(({ by }) => by === recipient)
    const others = sides.filter(({ by }) => by !== recipient)
    const enough = recipient === 'coordinatiepunt' ? others.length > 1 : own.length > 0 && others.length > 0
    const names = own.map(({ by, child }) => `${by}-${child}`).join('+') || '-'
    return enough ? [`persoon ${names}: ${others.map(({ by }) => by).sort()}`] : []
  })
}

export function isOpen({ registered, ended, frozen, born }: Dossier, day: string): boolean {
  const last = registered.filter((on) => on <= day).at(-1)
  if (last === undefined || day >= yearsAfter(last, 2) || (ended !== null && ended >= last && day >= ended)) return false
  return age(born, day) < 23 && !frozen.some(({ from, until }) => from <= day && day < until)
}

export function mayTell({ born, said, broken }: Dossier, recipient: string, day: string): boolean {
  if (broken.some(({ to, on }) => to === recipient && on <= day && day <= daysAfter(on, 2))) return true
  const years = age(born, day)
  const heard = [...(years < 16 ? ['o1', 'o2'] : []), ...(years >= 12 ? ['jeugdige'] : [])]
  return heard.every((giver) => {
    const standing = said.filter((each) => each.giver === giver && each.from <= day && day <= each.until)
    const own = standing.filter(({ to }) => to === recipient)
    const general = standing.filter(({ to }) => to === null)
    const counting = own.length > 0 ? own : general
    return counting.length > 0 && counting.every(({ yes }) => yes)
  })
}

/** Born on 29 February: a year older on 1 March. */
function age(born: string, day: string): number {
  return Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)
}

function yearsAfter(day: string, years: number): string {
  const later = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
  return later.endsWith('02-29') && Number(later.slice(0, 4)) % 4 !== 0 ? `${later.slice(0, 5)}02-28` : later
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
