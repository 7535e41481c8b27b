import type { Cijfers } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { MatchFact } from '../../ports/figures.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { dayOf } from '../../stages/calendar.ts'
import { courseOf } from '../../stages/figures/course.ts'
import { seriesOf } from '../../stages/figures/partition.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import type { Answer } from '../answer.ts'
import { countOverdueReviews } from '../reviews-overdue.ts'
import { caseFigures } from './case-figures.ts'
import { AFTER_EVER, type Counting, EVER, listed, meanDays, oneOf, rounded, stretchOf } from './counting.ts'

export interface FigureQuery {
  van?: string
  tot?: string
  gemeente?: string
}

/**
 * The figures, counted from what is stored and never by hand. Every number comes from a series that hides what is small, or what
 * another answer would leave. Of matches only those that were told are counted, to a coördinatiepunt its own; how many are sealed the
 * privacy officer learns, asking for everything.
 */
export function lookFigures(hub: Hub, principal: Principal, query: FigureQuery): Promise<Answer<Cijfers>> {
  refuse(principal, query)
  return hub.store.read(async (tx) => {
    const counting = countingOf(hub, tx, principal, query)
    const { asked } = counting
    const isWhole = Object.keys(query).length === 0
    const body: Cijfers = {
      peilmoment: hub.clock.domain().toISOString(),
      ...(isWhole ? {} : { periode: { van: shownDay(asked.from, query.van), tot: asked.until } }),
      ...(query.gemeente ? { gemeente: query.gemeente } : {}),
      registraties: await registrations(counting),
      personen: await persons(counting, principal, isWhole),
      matches: { ...(await standing(counting, principal, isWhole)), ...(await matches(counting, principal)) },
      meldingen: await requests(counting),
      ...(await caseFigures(counting)),
      ...(isWhole && answersReviews(principal) ? { koppelvragen: await reviewFigures(hub, tx) } : {}),
    }
    return { body, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: 'cijfers' })] }
  })
}

const shownDay = (from: string, van: string | undefined) => van ?? (from === EVER ? '1900-01-01' : from)

function refuse(principal: Principal, { van, tot, gemeente }: FigureQuery): void {
  const isPoint = principal.role === 'coordinatiepunt'
  if (isPoint && gemeente && !principal.municipalities.includes(gemeente)) throw new HubError('niet-gevonden')
  if (!van || !tot || van <= tot) return
  const fault = faultOf('/tot', 'volgorde', 'De laatste dag ligt voor de eerste.', 'Geef tot op of na van.')
  throw new HubError('ongeldige-invoer', { faults: [fault] })
}

/**
 * A coördinatiepunt asks about its own municipalities, of a series that is cut over all of them: what it learns is a sum of the same
 * parts as what others learn. Without a period everything counts, also what begins later.
 */
function countingOf(hub: Hub, tx: Tx, principal: Principal, { van, tot, gemeente }: FigureQuery): Counting {
  const own = principal.role === 'coordinatiepunt' ? new Set(principal.municipalities) : null
  const until = tot ?? (van === undefined && gemeente === undefined ? AFTER_EVER : dayOf(hub.clock.domain()))
  const smallest = hub.policy.cijfers.kleinsteAantal
  return {
    hub,
    tx,
    smallest,
    asked: { from: van ?? EVER, until, municipalities: gemeente ? new Set([gemeente]) : own },
    series: (rows, groupOf) =>
      seriesOf(
        rows.map(({ municipality, day, category = '', count = 1 }) => ({ municipality, day, category, count })),
        smallest,
        groupOf,
      ),
  }
}

async function registrations({ tx, asked, series, smallest }: Counting): Promise<NonNullable<Cijfers['registraties']>> {
  const byStatus = series(await tx.figures.startedBy('status'))
  const byOrganisation = series(await tx.figures.startedBy('organisation'))
  const courses = await tx.figures.courses()
  const course = courseOf(
    courses.map((each) => ({ ...each, reason: each.reason ?? '' })),
    smallest,
  )
  const started = byStatus.total(asked)
  return {
    totaal: started,
    nieuw: started,
    open: course.open(asked),
    afgesloten: course.ended(asked),
    perStatus: listed(byStatus.perCategory(asked), 'status'),
    perOrganisatie: listed(byOrganisation.perCategory(asked), 'organisatie'),
    perReden: listed(course.perReason(asked), 'reden'),
  }
}

async function persons({ hub, tx }: Counting, principal: Principal, isWhole: boolean): Promise<number | null> {
  if (principal.role !== 'privacy-functionaris' || !isWhole) return null
  const count = await tx.linking.countPersons()
  return count > 0 && count < hub.policy.cijfers.kleinsteAantal ? null : count
}

/** How things stand now, for who asks for everything. */
async function standing({ hub, tx }: Counting, principal: Principal, isWhole: boolean): Promise<NonNullable<Cijfers['matches']>> {
  if (!isWhole) return {}
  const smallest = hub.policy.cijfers.kleinsteAantal
  const shown = (count: number) => (count > 0 && count < smallest ? null : count)
  const { open, visible } = await tx.matches.counts(principal.role === 'coordinatiepunt' ? principal.organisation : undefined)
  const zichtbaar = shown(visible)
  if (principal.role !== 'privacy-functionaris') return { zichtbaar }
  return { open: zichtbaar === null ? null : shown(open), zichtbaar, verzegeld: open - visible }
}

async function matches(counting: Counting, principal: Principal): Promise<NonNullable<Cijfers['matches']>> {
  const { tx, asked, series } = counting
  const facts = await tx.figures.matches(principal.role === 'coordinatiepunt' ? principal.organisation : null)
  const contacts = await tx.figures.firstContacts()
  const manyOf = await withThreeOrMore(tx, facts)
  const dated = facts.map((fact) => ({ ...fact, day: dayOf(fact.openedAt) }))
  const opened = series(dated.map((fact) => ({ ...fact, category: fact.followed === 1 ? 'ja' : 'nee' })))
  const many = series(dated.map((fact) => ({ ...fact, category: manyOf.has(fact.match) ? 'ja' : 'nee' })))
  const nieuw = opened.total(asked)
  const opgevolgd = oneOf(opened.perCategory(asked), nieuw, 'ja')
  return {
    nieuw,
    gesloten: courseOf(dated.map(stretchOf), counting.smallest).ended(asked),
    opgevolgd,
    opvolgpercentage: nieuw && opgevolgd !== null ? rounded((100 * opgevolgd) / nieuw) : null,
    dagenTotContact: meanDays(
      counting,
      dated.flatMap((fact) => (contacts.has(fact.match) ? [{ ...fact, end: contacts.get(fact.match) as string }] : [])),
    ),
    drieOfMeerOrganisaties: oneOf(many.perCategory(asked), nieuw, 'ja'),
  }
}

async function withThreeOrMore(tx: Tx, facts: MatchFact[]): Promise<Set<string>> {
  const large = facts.filter(({ told }) => told.some((seqs) => JSON.parse(seqs).length >= 3))
  const seqs = large.flatMap(({ told }) => told.flatMap((each) => JSON.parse(each) as number[]))
  const organisations = await tx.figures.organisationsOf([...new Set(seqs)])
  const many = large.filter(({ told }) =>
    told.some((each) => new Set((JSON.parse(each) as number[]).map((seq) => organisations.get(seq))).size >= 3),
  )
  return new Set(many.map(({ match }) => match))
}

async function requests({ tx, asked, series }: Counting): Promise<NonNullable<Cijfers['meldingen']>> {
  const groupOf = (state: string) => (state === 'ontvangen' || state === 'getoetst' ? 'open' : 'klaar')
  const byState = series(await tx.figures.requestsBy('state'), groupOf)
  const byReason = series(await tx.figures.requestsBy('reason'))
  const total = byState.total(asked)
  return {
    totaal: total,
    open: oneOf(byState.perGroup(asked), total, 'open'),
    perStatus: listed(byState.perCategory(asked), 'status'),
    perReden: listed(byReason.perCategory(asked), 'reden'),
  }
}

/** Who answers koppelvragen, and who sees to it that somebody does. */
const answersReviews = ({ role }: Principal) => role === 'beheer' || role === 'privacy-functionaris'

/** Koppelvragen that wait, and those that wait too long: who answers them is not the only one to see that they stay. */
async function reviewFigures(hub: Hub, tx: Tx): Promise<NonNullable<Cijfers['koppelvragen']>> {
  return { open: await tx.linking.countReviews('open'), overTermijn: await countOverdueReviews(hub, tx) }
}
