import type { Casushandeling } from '../../../schemas/types.ts'
import { judgeRequest } from '../../flows/coordination/judge-request.ts'
import { lookCase } from '../../flows/coordination/look-cases.ts'
import { makeRequest } from '../../flows/coordination/make-request.ts'
import { openCase, openFor } from '../../flows/coordination/open-case.ts'
import { recordAct } from '../../flows/coordination/record-act.ts'
import { lookMatches } from '../../flows/look-matches.ts'
import { addDays } from '../../stages/calendar.ts'
import { principalOf, seen, unlessRefused } from './actor.ts'
import { chosen, type Drawn, dossierOf, type Walk } from './family-acts.ts'
import { EVERYONE, ORGANISATIONS, POINTS, pointOf } from './model.ts'

const CONDITIONS = ['minderjarig', 'meer-hulpverleners', 'te-weinig-eigen-regie', 'gezin-aanvaardt', 'in-plan']

/** What is done with meldingen and in cases. */
export const CASE_ACTS: Record<string, (walk: Walk, act: Drawn) => Promise<unknown>> = {
  async request(walk, act) {
    const dossier = dossierOf(walk, act)
    if (!dossier) return
    const reden = chosen(['coordinatie-nodig', 'afspraak-niet-nagekomen'] as const, act.pick)
    const urgentie = chosen(['normaal', 'hoog', 'spoed'] as const, act.pick)
    const { id } = await makeRequest(walk.hub, principalOf(dossier.by), { registratie: dossier.id, reden, urgentie })
    if (walk.world.asked.has(id)) return
    walk.world.asked.set(id, { id, by: dossier.by, dossier, state: 'ontvangen', point: pointOf(dossier.municipality) })
  },
  async judge({ hub, world }, act) {
    const waiting = [...world.asked.values()].filter(({ state }) => state === 'ontvangen' || state === 'getoetst')
    if (waiting.length === 0) return
    const asked = chosen(waiting, act.pick)
    const oordeel = chosen(['getoetst', 'afgewezen', 'opgepakt'] as const, act.pick)
    const by = chosen([asked.point, asked.point, ...POINTS, asked.by], act.by + act.child)
    const told = await unlessRefused(judgeRequest(hub, principalOf(by), asked.id, { oordeel }, { open: openFor, expected: null }))
    if (told) await tookUp({ hub, world }, by)
  },
  async open({ hub, world }, act) {
    const by = chosen(POINTS, act.by)
    const lying = [...world.asked.values()].filter((each) => each.point === by && each.state !== 'afgewezen')
    const { matches } = await seen(hub, lookMatches(hub, principalOf(by), { status: 'open', limiet: 1000 }))
    const match = matches.at(-1)
    const melding = lying[act.pick % Math.max(1, lying.length)]
    const from = melding && (act.pick % 2 === 0 || !match) ? { melding: melding.id } : match && { match: match.id }
    const opened = from && (await unlessRefused(openCase(hub, principalOf(by), from)))
    if (opened) world.cases.add(opened.body.id)
    if (opened) await tookUp({ hub, world }, by)
  },
  act,
  /** The same by one who stands in the case, so that more of it is done than refused. */
  pointAct: (walk, drawn) => act(walk, { ...drawn, by: ORGANISATIONS.length }),
}

/** A melding that is taken up takes others of the family along: what became of each is asked of who made it. */
async function tookUp({ hub, world }: Pick<Walk, 'hub' | 'world'>, point: string): Promise<void> {
  for (const asked of world.asked.values()) {
    if (asked.point !== point) continue
    const row = await hub.store.read((tx) => tx.followUps.requestById(asked.id))
    asked.state = (row?.state ?? asked.state) as typeof asked.state
    if (row?.caseId) world.cases.add(row.caseId)
  }
}

async function act(walk: Walk, { by, pick }: Drawn): Promise<void> {
  const { hub, world } = walk
  if (world.cases.size === 0) return
  const id = chosen([...world.cases], pick)
  const point = (await hub.store.read((tx) => tx.coordination.cases.byId(id)))?.point ?? POINTS[0]
  const actor = by >= ORGANISATIONS.length ? point : chosen(EVERYONE, by + pick)
  const body = await bodyOf(walk, id, actor, pick)
  const done = await unlessRefused(recordAct(hub, principalOf(actor), id, body, null))
  if (!done) return
  if (body.soort === 'afspraak') world.agreements.set(done.id, { caseId: id, due: body.uiterlijk as string, kept: null })
  const reported = body.soort === 'afspraakresultaat' && world.agreements.get(body.afspraak as string)
  if (reported) reported.kept = body.nagekomen === true
}

async function bodyOf({ hub, world }: Walk, id: string, actor: string, pick: number): Promise<Casushandeling> {
  const mine = [...world.agreements].filter(([, each]) => each.caseId === id && each.kept === null).map(([key]) => key)
  const shown = await unlessRefused(seen(hub, lookCase(hub, principalOf(actor), id)))
  const involved = (shown?.betrokkenen ?? []).map((each) => each.organisatie.id)
  const organisatie = chosen(pick % 4 === 0 || involved.length === 0 ? ORGANISATIONS : involved, pick >> 4)
  const functie = chosen(['coach', 'zorgcoordinator'], pick)
  const bodies: Casushandeling[] = [
    { soort: 'rondetafel', uitgenodigd: [organisatie], datum: addDays(world.day, 7) },
    { soort: 'variant', variant: pick % 5 },
    { soort: 'variant', variant: 5, voorwaarden: CONDITIONS },
    { soort: 'zorgcoordinator', wie: 'professional', organisatie, functie },
    { soort: 'zorgcoordinator', wie: 'ouder' },
    { soort: 'gezinscoach', organisatie, functie },
    { soort: 'plan', plan: 1 + (pick % 2), deelnemers: [{ soort: 'ouder' }], evaluaties: [addDays(world.day, 20)] },
    { soort: 'afspraak', door: { soort: 'organisatie', organisatie }, code: 'bellen', uiterlijk: addDays(world.day, pick % 30) },
    { soort: 'afspraakresultaat', afspraak: mine[0] ?? 's_1', nagekomen: pick % 2 === 0 },
    { soort: 'evaluatie' },
    { soort: 'gesprek' },
    { soort: 'knelpunt', code: 'wachttijd' },
    { soort: 'ladder', ladder: 'veiligheid' },
    {
      soort: 'ladderantwoord',
      ladder: chosen(['stagnatie', 'veiligheid'] as const, pick),
      antwoord: chosen(['contact', 'hulp-aanvaard'], pick),
    },
    { soort: 'opleggen', mandaat: 'burgemeester', code: 'deelname' },
    { soort: 'sluiten', reden: 'doelen-bereikt', terugvalrisico: 'laag', vingerAanDePols: { soort: 'organisatie', organisatie } },
    { soort: 'bevestigen' },
    { soort: 'heropenen' },
  ]
  return shown?.status === 'gesloten' && pick % 2 === 0 ? { soort: 'heropenen' } : chosen(bodies, pick >> 1)
}
