import type { Informeren, InformeringStand, InformeringStanden } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { RegistrationRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { dayOf } from '../stages/calendar.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import type { InformingState } from '../stages/retention/informing.ts'
import type { Answer } from './answer.ts'
import { cursorOf, numberAfter } from './cursor.ts'
import { openDossiers, record } from './dossier.ts'
import { informingState } from './informing-state.ts'
import { ownRegistration } from './look-registrations.ts'
import { partiesOf } from './parties.ts'
import { reassess } from './reassess.ts'

/** Records that someone was told of a registration, or why not yet; who is told unless there is a no may be told from now on. */
export function recordInforming(hub: Hub, principal: Principal, id: string, body: Informeren): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const row = await ownRegistration(tx, principal, id)
    await refuseImpossible(hub, tx, row, body)
    const dueOn = body.uitstel ? { dueOn: body.uitstel.herzienOp } : {}
    const made = await record(hub, tx, principal, row, { kind: 'informering', content: body, state: 'gesloten', ...dueOn })
    if (row.person) await reassess(hub, tx, { persons: [row.person], seqs: [row.seq] })
    return made
  })
}

async function refuseImpossible(hub: Hub, tx: Tx, row: RegistrationRow, { wie, op, uitstel }: Informeren): Promise<void> {
  const today = dayOf(hub.clock.domain())
  const faults = [
    ...((await partiesOf(hub, tx, row)).has(wie) ? [] : [UNKNOWN]),
    ...(op && op > today ? [FUTURE] : []),
    ...(uitstel && uitstel.herzienOp <= today ? [PAST] : []),
    ...(uitstel && !hub.policy.informeren.uitstelgronden.includes(uitstel.grond) ? [NO_GROUND] : []),
  ]
  if (faults.length > 0) throw new HubError('ongeldige-invoer', { faults })
}

const UNKNOWN = faultOf(
  '/wie',
  'onbekende-persoon',
  'Deze persoon staat niet in de registratie.',
  'Gebruik jeugdige of het kenmerk van een gezagsdrager van deze registratie.',
)
const FUTURE = faultOf(
  '/op',
  'in-de-toekomst',
  'De datum van informeren ligt in de toekomst.',
  'Geef de dag waarop het gebeurde.',
)
const PAST = faultOf('/uitstel/herzienOp', 'niet-in-de-toekomst', 'Een uitstel wordt later herzien.', 'Geef een dag na vandaag.')
const NO_GROUND = faultOf(
  '/uitstel/grond',
  'geen-grond',
  'Het reglement van de regio kent deze grond van uitstel niet.',
  'Kies een grond die het reglement noemt.',
)

const PAGE = 200

/** The privacy officer's list: who was told of each registration, who was not yet and whether that is late. */
export function lookInforming(
  hub: Hub,
  principal: Principal,
  query: { stand?: string; cursor?: string; limiet: number },
): Promise<Answer<InformeringStanden>> {
  return hub.store.read(async (tx) => {
    const informeringen: InformeringStand[] = []
    let after = numberAfter(query.cursor)
    for (let more = true; more && informeringen.length < query.limiet; ) {
      const rows = (await tx.registrations.listAll(after, PAGE)).sort((a, b) => a.seq - b.seq)
      more = rows.length === PAGE
      const states = await informingStates(hub, tx, rows)
      for (const row of rows) {
        const asked = (states.get(row.seq) ?? []).filter(({ stand }) => query.stand === undefined || stand === query.stand)
        // A registration is never cut in two: its persons come on one page, which may hold a few more for it.
        if (informeringen.length >= query.limiet) return page(principal, informeringen, after)
        informeringen.push(...asked.map((each) => ({ registratie: row.id, organisatie: row.organisation, ...each })))
        after = row.seq
      }
    }
    const rest = await tx.registrations.listAll(after, 1)
    return page(principal, informeringen.slice(0, 1000), rest.length > 0 ? after : undefined)
  })
}

function page(principal: Principal, informeringen: InformeringStand[], next: number | undefined): Answer<InformeringStanden> {
  const line = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'informeringen' })
  return { body: { informeringen, ...(next === undefined ? {} : { volgende: cursorOf(next) }) }, lines: [line] }
}

/** Of each of these registrations that goes on: who must know of it, and whether that was done. */
export async function informingStates(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<Map<number, InformingState[]>> {
  const contents = await hub.contents.open(tx, rows)
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  const entries = await openDossiers(hub, await tx.dossiers.byRegistrations([...bySeq.keys()]), bySeq)
  const recorded = Map.groupBy(entries, (entry) => entry.row.registration)
  return new Map(
    rows.flatMap((row) => {
      const content = contents.get(row.seq)
      return content ? [[row.seq, informingState(hub, row, content.registration, recorded.get(row.seq) ?? [])] as const] : []
    }),
  )
}
