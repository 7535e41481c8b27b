import type { Betrokkenheidstatus, Match } from '../../../schemas/types.ts'
import type { HubError } from '../../errors.ts'

/** The six ways of coordinating. A higher number is not worse, only another way. */
export const VARIANTS: readonly { naam: string; uitleg: string }[] = [
  { naam: 'Van elkaar weten', uitleg: 'De organisaties weten dat de ander betrokken is. Meer is niet nodig.' },
  { naam: 'Informeren', uitleg: 'De organisaties houden elkaar op de hoogte.' },
  { naam: 'Afstemmen', uitleg: 'De organisaties stemmen af wie wat doet en wanneer.' },
  { naam: 'Afstemmen en samenwerken', uitleg: 'De organisaties werken samen volgens één plan.' },
  { naam: 'Met het gezin', uitleg: 'Het gezin is zelf partij bij de afspraken.' },
  { naam: 'Met een gezinscoach', uitleg: 'Het gezin heeft een gezinscoach als vertrouwd persoon; dat staat in het plan.' },
]

const STATUSES: Record<Betrokkenheidstatus, string> = {
  aangemeld: 'aangemeld, nog niet begonnen',
  wachtlijst: 'op de wachtlijst',
  intake: 'in de intake',
  overbrugging: 'overbruggingshulp',
  actief: 'actief',
  waakvlam: 'waakvlam: op afstand betrokken',
  nazorg: 'nazorg',
  afgesloten: 'afgesloten',
}

const GROUNDS: Record<string, string> = {
  toestemming: 'Wie hierover gaat, heeft toestemming gegeven om dit te delen.',
  doorbreking: 'Gedeeld zonder toestemming, omdat de veiligheid van het kind dat vraagt. Dit wordt achteraf getoetst.',
  'gedwongen-kader': 'Gedeeld omdat de ontvanger een maatregel van de rechter uitvoert.',
  'wettelijke-taak': 'Gedeeld op grond van een wettelijke taak.',
}

export function statusInWords(status: Betrokkenheidstatus): string {
  return STATUSES[status]
}

export function groundInWords(kind: string): string {
  return GROUNDS[kind] ?? 'Het reglement van de regio staat toe dat dit gedeeld wordt.'
}

export function kindInWords(match: Match): string {
  return match.soort === 'persoon' ? 'Match om een persoon' : 'Match om een gezin'
}

/** Short enough to say over the telephone; unique enough for a list. */
export function shortName(match: Match): string {
  return match.id.slice(-6)
}

/** Someone recorded that they really spoke, or a variant was chosen. */
export function isFollowedUp({ opvolging }: Match): boolean {
  return opvolging.contact?.gesproken === true || opvolging.variant !== null
}

/** How many whole days the term has passed; 0 when it has not, or when there is none. Days as `jjjj-mm-dd`. */
export function daysLate(match: Match, today: string): number {
  const { uiterlijk } = match.opvolging
  if (uiterlijk === null || isFollowedUp(match)) return 0
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(uiterlijk)) / 86_400_000))
}

const DAY = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'Europe/Amsterdam' })

/** A date or an instant as people say it: `22 november 2026`; parts of a date stay as they are. */
export function dayInWords(dateOrInstant: string): string {
  if (/^\d{4}(-\d\d)?$/.test(dateOrInstant)) return dateOrInstant
  const instant = dateOrInstant.length === 10 ? `${dateOrInstant}T12:00:00Z` : dateOrInstant
  return DAY.format(new Date(instant))
}

/** `A`, `A en B`, `A, B en C`. */
export function listInWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} en ${names.at(-1)}`
}

/** What someone who asked too much is told, and when to try again; null for what was refused for another reason. */
export function tooMuchInWords(error: HubError | null): string | null {
  const reason = error && TOO_MUCH[error.code]
  if (!reason) return null
  return `${reason} Probeer het over ${waitInWords(error.retryAfter_s ?? 1)} opnieuw.`
}

const TOO_MUCH: Partial<Record<HubError['code'], string>> = {
  'te-veel-verzoeken': 'Er is in korte tijd te vaak iets gevraagd; dit verzoek is niet uitgevoerd.',
  'te-veel-personen': 'U hebt in een uur te veel verschillende matches bekeken; de privacyfunctionaris ziet dit.',
}

function waitInWords(seconds: number): string {
  if (seconds === 1) return '1 seconde'
  return seconds < 100 ? `${seconds} seconden` : `${Math.ceil(seconds / 60)} minuten`
}
