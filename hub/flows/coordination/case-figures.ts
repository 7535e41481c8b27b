import type { Cijfers } from '../../../schemas/types.ts'
import { dayOf } from '../../stages/calendar.ts'
import { courseOf } from '../../stages/figures/course.ts'
import { receiverFor } from '../receivers.ts'
import { type Counting, listed, meanDays, oneOf, stretchOf } from './counting.ts'

type CaseFigures = Pick<Cijfers, 'casussen' | 'afspraken' | 'overdrachten' | 'tellingen'>

/** Cases, agreements, hand-overs, and what conversations were about. */
export async function caseFigures(counting: Counting): Promise<CaseFigures> {
  return {
    casussen: await cases(counting),
    afspraken: await agreements(counting),
    overdrachten: await handovers(counting),
    tellingen: await talks(counting),
  }
}

async function cases(counting: Counting): Promise<NonNullable<Cijfers['casussen']>> {
  const { tx, asked, series, smallest } = counting
  const rows = await tx.figures.cases()
  const opened = series(rows.map((row) => ({ ...row, day: dayOf(row.openedAt), category: variantName(row.variant) })))
  const course = courseOf(rows.map(stretchOf), smallest)
  const closed = rows.flatMap(({ closedAt, ...row }) => (closedAt ? [{ ...row, day: dayOf(closedAt), end: closedAt }] : []))
  const acts = await tx.figures.acts(['opleggen', 'knelpunt'])
  const dated = acts.map((act) => ({ ...act, day: dayOf(act.createdAt), category: String(JSON.parse(act.content).code) }))
  return {
    nieuw: opened.total(asked),
    open: course.open(asked),
    gesloten: course.ended(asked),
    perVariant: listed(opened.perCategory(asked), 'variant'),
    duurInDagen: meanDays(counting, closed),
    opgelegd: series(dated.filter(({ kind }) => kind === 'opleggen')).total(asked),
    knelpunten: listed(series(dated.filter(({ kind }) => kind === 'knelpunt')).perCategory(asked), 'code'),
  }
}

const variantName = (variant: number | null) => (variant === null ? 'geen' : String(variant))

/** An agreement that was reported as not kept, or whose day passed, counts once, on the day on which it was made. */
async function agreements({ tx, asked, series }: Counting): Promise<NonNullable<Cijfers['afspraken']>> {
  const acts = await tx.figures.acts(['afspraak', 'afspraakresultaat', 'afspraakverlopen'])
  const broken = new Set(
    acts.flatMap(({ kind, content }) => {
      const { afspraak, nagekomen } = JSON.parse(content)
      return kind === 'afspraakverlopen' || (kind === 'afspraakresultaat' && nagekomen === false) ? [afspraak as string] : []
    }),
  )
  const made = acts.filter(({ kind }) => kind === 'afspraak').map((act) => ({ ...act, day: dayOf(act.createdAt) }))
  const all = series(made.map((act) => ({ ...act, category: broken.has(act.id) ? 'niet' : 'wel' })))
  const gemaakt = all.total(asked)
  return { gemaakt, nietNagekomen: oneOf(all.perCategory(asked), gemaakt, 'niet') }
}

async function handovers({ hub, tx, asked, series }: Counting): Promise<NonNullable<Cijfers['overdrachten']>> {
  const rows = await tx.figures.handovers()
  const all = series(
    rows.map(({ municipality, offeredAt, toOrganisation }) => ({
      municipality,
      day: dayOf(offeredAt),
      category: receiverFor(hub.region, toOrganisation)?.soort ?? 'overig',
    })),
  )
  return { totaal: all.total(asked), perSoort: listed(all.perCategory(asked), 'soort') }
}

async function talks({ tx, asked, series }: Counting): Promise<NonNullable<Cijfers['tellingen']>> {
  const of = async (list: string) => listed(series(await tx.figures.counts(list)).perCategory(asked), 'code')
  return { problemen: await of('probleem'), verwijzingen: await of('verwijzing') }
}
