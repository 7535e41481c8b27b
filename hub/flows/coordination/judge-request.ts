import type { Beoordeling, OntvangenMelding } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import type { RequestRow } from '../../rows.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { step } from '../../stages/coordination/machine.ts'
import { MELDING } from '../../stages/coordination/machines.ts'
import { eventOf } from '../event-of.ts'
import { type Expected, mustStand } from '../expected.ts'
import { showOneRequest } from '../look-requests.ts'
import { answerTerms, endTerms } from './case-terms.ts'
import { sameFamily } from './same-family.ts'

/** Opens, or finds, the case of a melding that is taken up. */
export type OpenCase = (
  hub: Hub,
  tx: Tx,
  principal: Principal,
  request: RequestRow,
) => Promise<{ row: CaseRow; repeated: boolean }>

const ACTS = { getoetst: 'toetsen', afgewezen: 'afwijzen', opgepakt: 'oppakken' } as const

/**
 * The coördinatiepunt judges a melding; who made it hears. Taken up, it opens a case where the point has cases (`open` absent: it
 * has none). The same judgement again changes nothing.
 */
export async function judgeRequest(
  hub: Hub,
  principal: Principal,
  id: string,
  body: Beoordeling,
  { open, expected }: { open: OpenCase | null; expected: Expected },
): Promise<OntvangenMelding> {
  return hub.store.write(async (tx) => {
    const request = await requestFor(tx, principal, id)
    if (request.state !== body.oordeel) nextState(request, body.oordeel)
    await mustStand(expected, async () => (await showOneRequest(hub, tx, principal, id)).body)
    if (body.oordeel === 'opgepakt' && open) await takeUp(hub, tx, principal, request, open)
    else await settle(hub, tx, principal, request, body, null)
    const { body: shown, lines } = await showOneRequest(hub, tx, principal, id)
    await tx.log.append(
      lines.map((line) => ({ ...line, actie: 'wijzigen' })),
      hub.clock.real(),
    )
    return shown
  })
}

/** A melding that came to the asker, for one of its municipalities. */
export async function requestFor(tx: Tx, principal: Principal, id: string): Promise<RequestRow> {
  const request = await tx.followUps.requestById(id)
  const isTheirs =
    principal.role === 'coordinatiepunt' &&
    request?.receiver === principal.organisation &&
    (!request.municipality || principal.municipalities.includes(request.municipality))
  if (!request || !isTheirs) throw new HubError('niet-gevonden')
  return request
}

/** Takes a melding up in a case, with every other one about the same family that the point may know to be so. */
export async function takeUp(hub: Hub, tx: Tx, principal: Principal, request: RequestRow, open: OpenCase) {
  const same = await sameFamily(hub, tx, principal, request)
  const opened = await open(hub, tx, principal, request)
  await settle(hub, tx, principal, request, { oordeel: 'opgepakt' }, opened.row.id)
  const parties = []
  for (const other of same.filter(({ state }) => state === 'ontvangen' || state === 'getoetst')) {
    await settle(hub, tx, principal, other, { oordeel: 'opgepakt' }, opened.row.id)
    parties.push({ caseId: opened.row.id, organisation: other.organisation })
  }
  await tx.coordination.cases.addParties(parties)
  return opened
}

function nextState({ state }: RequestRow, oordeel: Beoordeling['oordeel']) {
  const stepped = step(MELDING, state, ACTS[oordeel], 'coordinatiepunt')
  if (stepped.gelukt) return stepped.naar
  throw new HubError('conflict', { detail: `Deze melding is al ${state}; dat is haar eindstand of past hier niet.` })
}

async function settle(
  hub: Hub,
  tx: Tx,
  principal: Principal,
  request: RequestRow,
  { oordeel, reden }: Beoordeling,
  caseId: string | null,
): Promise<void> {
  if (request.state === oordeel && request.caseId === caseId) return
  const state = nextState(request, oordeel)
  const answer = oordeel === 'afgewezen' ? (reden ?? 'overig') : null
  const answeredAt = hub.clock.domain().toISOString()
  await tx.coordination.requests.update({ ...request, state, answer, answeredAt, caseId })
  await answerTerms(hub, tx, request.id, ACTS[oordeel])
  if (state !== 'getoetst') await endTerms(tx, request.id, null)
  await tx.events.append([eventOf(hub, request.organisation, 'melding.beoordeeld.v1', `/v1/meldingen/${request.id}`)])
  await tx.log.append([lineOf(principal, { actie: 'wijzigen', uitkomst: 'toegestaan', object: request.id })], hub.clock.real())
  hub.delivery.ring()
}
