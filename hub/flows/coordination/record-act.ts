import type { Casushandeling, VastgelegdeHandeling } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { CaseEntryRow, CaseRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { actFaults, organisationsIn } from '../../stages/coordination/acts.ts'
import { step } from '../../stages/coordination/machine.ts'
import { CASUS } from '../../stages/coordination/machines.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import { type Expected, mustStand } from '../expected.ts'
import { EFFECTS } from './act-effects.ts'
import { type Act, boundFaults, warningsOf } from './act-rules.ts'
import { answerTerms, fileOf, withNext } from './case-terms.ts'
import { familiesOf } from './family.ts'
import { caseFor, seeCase } from './look-cases.ts'
import { mayReopen, reopen } from './open-case.ts'
import { bringIn, tellCase } from './tell-case.ts'

/** Records what was done in a case, by whom the table of its state machine and the policy allow; everyone in it hears. */
export async function recordAct(
  hub: Hub,
  principal: Principal,
  id: string,
  body: Casushandeling,
  expected: Expected,
): Promise<VastgelegdeHandeling> {
  return hub.store.write(async (tx) => {
    const { row, reader } = await caseFor(hub, tx, principal, id)
    const families = await familiesOf(hub, tx, reader, [row.id])
    const family = families.seen.get(row.id) ?? []
    const file = await fileOf(tx, row.id)
    const act: Act = { hub, principal, row, family, files: families.files, file, body }
    const faults = [...actFaults(body), ...(await strangers(tx, act)), ...boundFaults(act)]
    if (faults.length > 0) throw new HubError('ongeldige-invoer', { faults })
    const state = nextState(act)
    await mustStand(expected, async () => (await seeCase(hub, tx, principal, id)).body)
    if (body.soort === 'heropenen') return { id: (await reopenNow(hub, tx, act)).id }
    const entry = entryOf(act)
    await tx.coordination.cases.addEntry(entry)
    const after = await EFFECTS[body.soort](tx, { ...act, row: { ...row, state } }, entry)
    await answerTerms(hub, tx, row.id, body.soort)
    await tx.coordination.cases.update(await withNext(tx, after))
    await tellAll(tx, act, after)
    await logAct(hub, tx, principal, entry, family)
    const warnings = await warningsOf(tx, act)
    return { id: entry.id, ...(warnings.length > 0 ? { waarschuwingen: warnings } : {}) }
  })
}

/** Only who is visibly involved, made the melding, or coordinates can be named: naming another would tell of the case. */
async function strangers(tx: Tx, { row, family, principal, body }: Act) {
  const request = row.request ? await tx.followUps.requestById(row.request) : undefined
  const maker = request && principal.role === 'coordinatiepunt' ? [request.organisation] : []
  const known = new Set([...family.map((each) => each.organisation), ...maker, row.point, principal.organisation])
  return organisationsIn(body)
    .filter(({ organisation }) => !known.has(organisation))
    .map(({ pointer }) =>
      faultOf(
        pointer,
        'niet-betrokken',
        'Deze organisatie is geen zichtbare betrokkene.',
        'Kies uit de betrokkenen van deze casus.',
      ),
    )
}

/** The state after the act. Throws `conflict` where the state does not know it, `ongeldige-invoer` for a role that may not. */
function nextState({ row, principal, body }: Act): string {
  const role = principal.role === 'coordinatiepunt' ? 'coordinatiepunt' : 'organisatie'
  const stepped = step(CASUS, row.state, body.soort, role)
  if (stepped.gelukt) return stepped.naar
  if (stepped.reden === 'niet-bevoegd') {
    const fault = faultOf('/soort', 'niet-bevoegd', 'Uw rol mag dit niet vastleggen.', 'Vraag het aan het coördinatiepunt.')
    throw new HubError('ongeldige-invoer', { faults: [fault] })
  }
  throw new HubError('conflict', {
    detail: `Dit kan niet in een casus die ${row.state === 'gesloten' ? 'gesloten' : 'open'} is.`,
  })
}

async function reopenNow(hub: Hub, tx: Tx, { row, principal }: Act): Promise<CaseRow> {
  if (!mayReopen(hub, row))
    throw new HubError('conflict', { detail: 'De termijn om deze casus te heropenen is voorbij; open een nieuwe.' })
  return reopen(hub, tx, principal, row)
}

function entryOf({ hub, principal, row, body }: Act): CaseEntryRow {
  const { soort, ...content } = body
  return {
    id: hub.ids.next('s'),
    caseId: row.id,
    kind: soort,
    content: JSON.stringify(content),
    organisation: principal.organisation,
    role: principal.role,
    recordedBy: principal.subject,
    createdAt: hub.clock.domain().toISOString(),
  }
}

/** An organisation that the point names comes into the case; one that another organisation names must be in it by the point. */
async function tellAll(tx: Tx, { hub, principal, body }: Act, row: CaseRow): Promise<void> {
  const named = principal.role === 'coordinatiepunt' ? organisationsIn(body).map(({ organisation }) => organisation) : []
  const type = row.state === 'gesloten' ? 'casus.gesloten' : 'casus.gewijzigd'
  await tellCase(hub, tx, row, type, principal.organisation)
  await bringIn(hub, tx, row, named)
}

async function logAct(hub: Hub, tx: Tx, principal: Principal, entry: CaseEntryRow, family: RegistrationRow[]): Promise<void> {
  const persons = [...new Set(family.map((row) => row.person))]
  const facts = {
    actie: 'wijzigen',
    uitkomst: 'toegestaan',
    object: entry.caseId,
    controles: `token,scope,${entry.kind}`,
  } as const
  const lines =
    persons.length > 0 ? persons.map((persoon) => lineOf(principal, { ...facts, persoon })) : [lineOf(principal, facts)]
  await tx.log.append(lines, hub.clock.real())
}
