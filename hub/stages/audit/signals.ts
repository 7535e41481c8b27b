import { REVIEW_TERM_DAYS } from '../link/review-term.ts'
import type { LogRules } from './log-rules.ts'

/** What a privacy officer should look at, and why. */
export interface Signal {
  soort: SignalKind
  /** What was asked of the log, in words, with the threshold. */
  uitleg: string
  drempel: number | null
  aantal: number
  gevallen: SignalCase[]
}

/** Only what fits the kind is there. */
export interface SignalCase {
  gebruiker?: string
  client?: string
  organisatie?: string
  object?: string
  /** A day or an hour. */
  moment?: string
  personen?: number
  aantal?: number
}

export type SignalKind = keyof typeof EXPLANATIONS

const EXPLANATIONS = {
  'inkijk-zonder-taak': (rules: LogRules) =>
    `Keek ${rules.inkijkZonderTaakVanaf} keer of vaker naar personen van wie de eigen organisatie geen registratie, match of melding heeft.`,
  'veel-personen': (rules: LogRules) =>
    `Keek in één klokuur naar meer dan ${rules.personenPerUur} verschillende personen; eigen registraties tellen niet mee.`,
  'buiten-werktijd': ({ werktijd }: LogRules) =>
    `Keek naar personen buiten maandag tot en met vrijdag van ${werktijd.van} tot ${werktijd.tot} uur, Nederlandse tijd.`,
  'doorbreking-niet-getoetst': (rules: LogRules) =>
    `Een doorbreking die na ${rules.toetsenBinnenDagen} dagen nog niet is getoetst.`,
  'informeren-te-laat': () =>
    'Een registratie waarvan niet vaststaat dat betrokkenen binnen de termijn van het reglement zijn geïnformeerd.',
  'koppelvraag-over-termijn': () =>
    `Een koppelvraag die na ${REVIEW_TERM_DAYS} dagen nog open staat; de oudste eerst, met het moment waarop zij gesteld is.`,
  'veel-weigeringen': (rules: LogRules) =>
    `Een client die in deze periode ${rules.weigeringen} keer of vaker is geweigerd; “-” is wie geen geldig token had.`,
}

const THRESHOLDS: Record<SignalKind, (rules: LogRules) => number | null> = {
  'inkijk-zonder-taak': (rules) => rules.inkijkZonderTaakVanaf,
  'veel-personen': (rules) => rules.personenPerUur,
  'buiten-werktijd': () => null,
  'doorbreking-niet-getoetst': (rules) => rules.toetsenBinnenDagen,
  'informeren-te-laat': () => null,
  'koppelvraag-over-termijn': () => REVIEW_TERM_DAYS,
  'veel-weigeringen': (rules) => rules.weigeringen,
}

/**
 * A signal of a kind with its cases; one without cases is shown too: that it was asked is worth knowing. `aantal` is for who has more cases
 * than are shown.
 */
export function signalOf(soort: SignalKind, rules: LogRules, gevallen: SignalCase[], aantal = gevallen.length): Signal {
  return { soort, uitleg: EXPLANATIONS[soort](rules), drempel: THRESHOLDS[soort](rules), aantal, gevallen }
}

const LOCAL = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
})

/** Whether an hour of the log (`2026-11-22T09`, UTC) lies outside the region's hours. */
export function isOutsideHours(hour: string, { werktijd }: LogRules): boolean {
  const parts = Object.fromEntries(LOCAL.formatToParts(new Date(`${hour}:00:00Z`)).map(({ type, value }) => [type, value]))
  const local = Number(parts.hour)
  return parts.weekday === 'Sat' || parts.weekday === 'Sun' || local < werktijd.van || local >= werktijd.tot
}
