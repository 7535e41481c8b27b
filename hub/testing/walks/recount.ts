import { deepStrictEqual, ok } from 'node:assert'
import type { Hub } from '../../context.ts'
import { lookFigures } from '../../flows/coordination/look-figures.ts'
import type { Principal } from '../../principal.ts'
import { principalOf, seen } from './actor.ts'
import { EVERYONE } from './model.ts'

type Line = Awaited<ReturnType<Hub['accessLog']['lines']>>['rows'][number]

/** The figures, of which the walks' policy hides nothing, are those that the access log alone gives. */
export async function checkFigures(hub: Hub): Promise<void> {
  const asker: Principal = { ...principalOf('beheer'), role: 'beheer' }
  const { registraties, meldingen, casussen, afspraken, overdrachten } = await seen(hub, lookFigures(hub, asker, {}))
  const lines = await linesOf(hub)
  const made = (prefix: string) => ids(lines, (line) => line.actie === 'aanmaken' && String(line.object).startsWith(prefix))
  const acts = (kind: string) => new Set(lines.filter(({ controles }) => controles?.endsWith(`,scope,${kind}`)).map(traceOf)).size
  const closed = closedCases(lines)
  const shown = {
    registraties: registraties?.totaal,
    meldingen: meldingen?.totaal,
    casussen: [casussen?.nieuw, casussen?.open, casussen?.gesloten, casussen?.opgelegd],
    knelpunten: (casussen?.knelpunten ?? []).reduce((sum, { aantal }) => sum + (aantal ?? 0), 0),
    afspraken: afspraken?.gemaakt,
    overdrachten: overdrachten?.totaal,
  }
  const destroyed = ids(lines, (line) => line.actie === 'verwijderen')
  const counted = {
    registraties: made('r_').difference(destroyed).size,
    meldingen: made('v_').size,
    casussen: [made('c_').size, made('c_').difference(closed).size, closed.size, acts('opleggen')],
    knelpunten: acts('knelpunt'),
    afspraken: acts('afspraak'),
    overdrachten: made('w_').size,
  }
  deepStrictEqual(shown, counted, 'figures and a recount from the access log')
  await checkTold(hub, lines)
}

/** Every term that passed, by the log, was told to somebody; but the one by which a case closes, which tells that it closed. */
async function checkTold(hub: Hub, lines: Line[]): Promise<void> {
  const passed = lines.filter(({ controles }) => controles?.startsWith('termijn,') && controles !== 'termijn,sluiten')
  const told = (await Promise.all(EVERYONE.map((receiver) => eventsOf(hub, receiver)))).flat()
  const events = Map.groupBy(
    told.filter(({ type }) => type.endsWith('termijn.verlopen.v1')),
    ({ dataref }) => dataref.split('/').at(-1),
  )
  for (const [subject, terms] of Map.groupBy(passed, ({ object }) => object))
    ok(
      (events.get(String(subject)) ?? []).length >= terms.length,
      `${terms.length} terms of ${subject} passed, and fewer were told`,
    )
}

/** By the last of its closings and openings, in the order of the log. */
function closedCases(lines: Line[]): Set<string> {
  const closed = new Set<string>()
  for (const { object, controles } of lines) {
    if (controles === 'termijn,sluiten' || controles?.endsWith(',scope,sluiten')) closed.add(String(object))
    if (controles?.endsWith(',scope,heropenen')) closed.delete(String(object))
  }
  return closed
}

/** Of one request. */
const traceOf = ({ trace_id }: Line) => trace_id

function ids(lines: Line[], which: (line: Line) => boolean): Set<string> {
  return new Set(lines.filter((line) => line.uitkomst === 'toegestaan' && which(line)).map(({ object }) => String(object)))
}

/** Oldest first. */
async function linesOf(hub: Hub): Promise<Line[]> {
  const lines: Line[] = []
  for (let cursor = ''; ; ) {
    const page = await hub.accessLog.lines({}, null, cursor, 1000)
    lines.push(...page.rows)
    if (!page.next) return lines.reverse()
    cursor = page.next
  }
}

async function eventsOf(hub: Hub, receiver: string) {
  return hub.store.read((tx) => tx.events.list(receiver, null, 0, 100_000))
}
