import type { Signalen, Weekrapport } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Period, Viewer } from '../ports/oversight.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { logRules } from '../stages/audit/log-rules.ts'
import { isOutsideHours, type Signal, type SignalCase, signalOf } from '../stages/audit/signals.ts'
import { addDays, type Day, dayOf, startOfDay } from '../stages/calendar.ts'
import { policyName } from '../stages/consent/policy.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import type { Answer } from './answer.ts'
import { informingOverdue } from './informing-overdue.ts'
import { overdueReviews } from './reviews-overdue.ts'

const DAYS = 7

/** The officer's signals over whole days, the last seven when none are named; `tot` is not included. */
export async function lookSignals(hub: Hub, principal: Principal, asked: { van?: Day; tot?: Day }): Promise<Answer<Signalen>> {
  const tot = asked.tot ?? addDays(dayOf(hub.clock.real()), 1)
  const van = asked.van ?? addDays(tot, -DAYS)
  const body = { van, tot, signalen: await signalsIn(hub, van, tot) }
  return { body, lines: [lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'signalen' })] }
}

/** The report of a week (ISO 8601, `2026-W47`), the last whole week when none is named. Throws `ongeldige-invoer`. */
export async function lookWeek(hub: Hub, principal: Principal, asked: string | undefined): Promise<Answer<Weekrapport>> {
  const van = asked === undefined ? addDays(mondayOf(dayOf(hub.clock.real())), -DAYS) : mondayOfWeek(asked)
  const tot = addDays(van, DAYS)
  const counts = await hub.store.read((tx) => tx.oversight.counts(periodOf(van, tot)))
  const body = {
    week: weekOf(van),
    van,
    tot,
    reglement: policyName(hub.policy),
    log: { omvang: await hub.accessLog.size(), controlepunt: await hub.accessLog.checkpoint() },
    tellingen: tallied(counts),
    signalen: await signalsIn(hub, van, tot),
  }
  return { body, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: `weekrapport ${body.week}` })] }
}

function tallied(counts: { action: string; outcome: string; count: number }[]): Weekrapport['tellingen'] {
  const sum = (fits: (one: { action: string; outcome: string }) => boolean) =>
    counts.filter(fits).reduce((total, { count }) => total + Number(count), 0)
  return {
    regels: sum(() => true),
    inzagen: sum(({ action }) => action === 'lezen'),
    zoekvragen: sum(({ action }) => action === 'zoeken'),
    weigeringen: sum(({ outcome }) => outcome === 'geweigerd'),
    mislukt: sum(({ outcome }) => outcome === 'mislukt'),
    doorbrekingen: sum(({ action, outcome }) => action === 'doorbreken' && outcome === 'toegestaan'),
  }
}

async function signalsIn(hub: Hub, van: Day, tot: Day): Promise<Signal[]> {
  const fromLog = await hub.store.read((tx) => fromQueries(hub, tx, periodOf(van, tot)))
  const rules = logRules(hub.policy)
  const { count, cases } = await overdueReviews(hub)
  return [
    ...fromLog,
    signalOf('informeren-te-laat', rules, await informingOverdue(hub)),
    signalOf('koppelvraag-over-termijn', rules, cases, count),
  ]
}

async function fromQueries(hub: Hub, tx: Tx, period: Period): Promise<Signal[]> {
  const rules = logRules(hub.policy)
  const reviewDue = addDays(dayOf(hub.clock.domain()), -rules.toetsenBinnenDagen)
  const alone = await tx.oversight.looksWithoutTask(period, rules.inkijkZonderTaakVanaf)
  const many = await tx.oversight.personsPerHour(period, rules.personenPerUur)
  const late = (await tx.oversight.looksPerHour(period)).filter(({ hour }) => isOutsideHours(hour, rules))
  const unreviewed = await tx.oversight.unreviewed(startOfDay(reviewDue).toISOString())
  const refused = await tx.oversight.refusals(period, rules.weigeringen)
  return [
    signalOf(
      'inkijk-zonder-taak',
      rules,
      alone.map((one) => ({ ...who(one), personen: Number(one.persons), aantal: Number(one.looks) })),
    ),
    signalOf(
      'veel-personen',
      rules,
      many.map((one) => ({ ...who(one), moment: instantOf(one.hour), personen: Number(one.persons) })),
    ),
    signalOf(
      'buiten-werktijd',
      rules,
      late.map((one) => ({ ...who(one), moment: instantOf(one.hour), aantal: Number(one.looks) })),
    ),
    signalOf(
      'doorbreking-niet-getoetst',
      rules,
      unreviewed.map(({ id, organisation, startsAt }) => ({ organisatie: organisation, object: id, moment: startsAt })),
    ),
    signalOf(
      'veel-weigeringen',
      rules,
      refused.map(({ client, count }) => ({ client, aantal: Number(count) })),
    ),
  ]
}

function who({ user, client, organisation }: Viewer): SignalCase {
  return {
    ...(user === null ? {} : { gebruiker: user }),
    client,
    ...(organisation === null ? {} : { organisatie: organisation }),
  }
}

const instantOf = (hour: string) => `${hour}:00:00Z`

function periodOf(van: Day, tot: Day): Period {
  return { from: startOfDay(van).toISOString(), until: startOfDay(tot).toISOString() }
}

/** Monday is the first day of a week; a week belongs to the year of its Thursday (ISO 8601). */
function mondayOf(day: Day): Day {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}

function weekOf(monday: Day): string {
  const year = addDays(monday, 3).slice(0, 4)
  const first = mondayOf(`${year}-01-04`)
  const number = Math.round((Date.parse(monday) - Date.parse(first)) / (DAYS * 86_400_000)) + 1
  return `${year}-W${String(number).padStart(2, '0')}`
}

function mondayOfWeek(week: string): Day {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? []
  const monday = year && number ? addDays(mondayOf(`${year}-01-04`), (Number(number) - 1) * DAYS) : undefined
  if (monday !== undefined && weekOf(monday) === week) return monday
  const fault = faultOf('/week', 'week', 'Deze week bestaat niet.', 'Geef een week als 2026-W47.')
  throw new HubError('ongeldige-invoer', { faults: [fault] })
}
