import type { Cijfers } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { CountedRow, MatchFact } from '../../ports/figures.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { dayOf } from '../../stages/calendar.ts'
import { seriesOf } from '../../stages/figures/partition.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import type { Answer } from '../answer.ts'
import { reviewsDueBefore } from '../answer-review.ts'
import { caseFigures } from './case-figures.ts'
import { AFTER_EVER, type Counting, categoryOf, EVER, listed, meanDays, openOn, rounded } from './counting.ts'

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
      ...(isWhole && principal.role !== 'coordinatiepunt' ? { koppelvragen: await reviewFigures(hub, tx) } : {}),
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
 * A coördinatiepunt counts its own municipalities: their rows only, so that what it learns is a part of the whole too. Without a
 * period everything counts, also what begins later.
 */
function countingOf(hub: Hub, tx: Tx, principal: Principal, { van, tot, gemeente }: FigureQuery): Counting {
  const isPoint = principal.role === 'coordinatiepunt'
  const own = new Set(principal.municipalities)
  const until = tot ?? (van === undefined ? AFTER_EVER : dayOf(hub.clock.domain()))
  const asked = { from: van ?? EVER, until, municipality: gemeente ?? null }
  const smallest = hub.policy.cijfers.kleinsteAantal
  return {
    hub,
    tx,
    asked: { ...asked, until: until === AFTER_EVER && (van || gemeente) ? dayOf(hub.clock.domain()) : until },
    series: (rows) =>
      seriesOf(
        rows
          .filter((row) => !isPoint || own.has(row.municipality))
          .map(({ municipality, day, category = '', count = 1 }) => ({ municipality, day, category, count })),
        smallest,
      ),
  }
}

async function registrations({ tx, asked, series }: Counting): Promise<NonNullable<Cijfers['registraties']>> {
  const byStatus = series(await tx.figures.startedBy('status'))
  const byOrganisation = series(await tx.figures.startedBy('organisation'))
  const ended = series(await tx.figures.ended())
  const started = byStatus.total(asked)
  return {
    totaal: started,
    nieuw: started,
    open: openOn(byStatus, ended, asked),
    afgesloten: ended.total(asked),
    perStatus: listed(byStatus.perCategory(asked), 'status'),
    perOrganisatie: listed(byOrganisation.perCategory(asked), 'organisatie'),
    perReden: listed(ended.perCategory(asked), 'reden'),
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
  return principal.role === 'privacy-functionaris'
    ? { open: shown(open), zichtbaar: shown(visible), verzegeld: open - visible }
    : { zichtbaar: shown(visible) }
}

async function matches({ tx, asked, series }: Counting, principal: Principal): Promise<NonNullable<Cijfers['matches']>> {
  const facts = await tx.figures.matches(principal.role === 'coordinatiepunt' ? principal.organisation : null)
  const contacts = await tx.figures.firstContacts()
  const manyOf = await withThreeOrMore(tx, facts)
  const dated = facts.map((fact) => ({ ...fact, day: dayOf(fact.openedAt) }))
  const opened = series(dated.map((fact) => ({ ...fact, category: fact.followed === 1 ? 'ja' : 'nee' })))
  const many = series(dated.map((fact) => ({ ...fact, category: manyOf.has(fact.match) ? 'ja' : 'nee' })))
  const closed = series(facts.flatMap((fact) => (fact.closedAt ? [{ ...fact, day: dayOf(fact.closedAt) }] : [])))
  const nieuw = opened.total(asked)
  const opgevolgd = categoryOf(opened, asked, 'ja')
  return {
    nieuw,
    gesloten: closed.total(asked),
    opgevolgd,
    opvolgpercentage: nieuw && opgevolgd !== null ? rounded((100 * opgevolgd) / nieuw) : null,
    dagenTotContact: meanDays(
      series,
      asked,
      dated.flatMap((fact) => (contacts.has(fact.match) ? [{ ...fact, end: contacts.get(fact.match) as string }] : [])),
    ),
    drieOfMeerOrganisaties: categoryOf(many, asked, 'ja'),
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
  const byState = await tx.figures.requestsBy('state')
  const byReason = series(await tx.figures.requestsBy('reason'))
  const isOpen = ({ category }: CountedRow) => category === 'ontvangen' || category === 'getoetst'
  const all = series(byState.map((row) => ({ ...row, category: isOpen(row) ? 'open' : 'klaar' })))
  return {
    totaal: all.total(asked),
    open: categoryOf(all, asked, 'open'),
    perStatus: listed(series(byState).perCategory(asked), 'status'),
    perReden: listed(byReason.perCategory(asked), 'reden'),
  }
}

/** Koppelvragen that wait, and those that wait too long: who answers them is not the only one to see that they stay. */
async function reviewFigures(hub: Hub, tx: Tx): Promise<NonNullable<Cijfers['koppelvragen']>> {
  const late = await tx.linking.countOpenReviewsBefore(reviewsDueBefore(hub.clock.domain()))
  return { open: await tx.linking.countReviews('open'), overTermijn: late }
}
