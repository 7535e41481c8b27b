import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import { hubLine } from '../../stages/audit/line-of.ts'
import { dayOf } from '../../stages/calendar.ts'
import { pointFor, routeOf } from '../../stages/coordination/routing.ts'
import { eventOf } from '../event-of.ts'
import { takesPart } from '../involvements.ts'
import { receiverFor } from '../receivers.ts'
import { endTerms, withNext } from './case-terms.ts'
import { correctCase } from './correct-case.ts'
import { type Families, familiesOf } from './family.ts'
import { residencesOf } from './residences.ts'
import { tellOfCase } from './tell-case.ts'

/** Looks at the cases of families that something changed for: who is new, where they live, whether anyone is involved again. */
export async function followCases(hub: Hub, tx: Tx, cases: CaseRow[]): Promise<void> {
  for (const known of cases) {
    const point = receiverFor(hub.region, known.point)
    if (!point) continue
    const row = await correctCase(hub, tx, known)
    const families = await familiesOf(hub, tx, point, [row.id])
    const seen = families.seen.get(row.id) ?? []
    await signalNew(hub, tx, row, seen)
    if (row.state === 'gesloten') {
      if (row !== known) await tx.coordination.cases.update(row)
      continue
    }
    await knowFamily(tx, row, families)
    const begun = await knownBegin(tx, row, families.begun.get(row.id) ?? [])
    const after = await movedCase(hub, tx, await heardAgain(hub, tx, row, seen), begun)
    if (after !== known) await tx.coordination.cases.update(await withNext(tx, after))
  }
}

/**
 * Client tracking: a registration that is new for a family which is or was coordinated is a signal to its zorgcoördinator, else to
 * the point; each only where it may be told of that registration.
 */
async function signalNew(hub: Hub, tx: Tx, row: CaseRow, seenByPoint: RegistrationRow[]): Promise<void> {
  const day = dayOf(hub.clock.domain())
  const known = new Set((await tx.coordination.cases.registrationsOf([row.id])).map((each) => each.registration))
  const isNew = (each: RegistrationRow) => !known.has(each.seq) && takesPart(hub, each, day)
  const coordinator = row.coordinator ? receiverFor(hub.region, row.coordinator) : undefined
  const seenByCoordinator = coordinator ? ((await familiesOf(hub, tx, coordinator, [row.id])).seen.get(row.id) ?? []) : []
  const toCoordinator = seenByCoordinator.filter((each) => isNew(each) && each.organisation !== coordinator?.id)
  const told = new Set(toCoordinator.map((each) => each.seq))
  const toPoint = seenByPoint.filter((each) => isNew(each) && !told.has(each.seq))
  if (coordinator && toCoordinator.length > 0) await tellOfCase(hub, tx, row, 'casus.signaal', [coordinator.id])
  if (toPoint.length > 0) await tellOfCase(hub, tx, row, 'casus.signaal', [row.point])
  const fresh = [...toCoordinator, ...toPoint]
  await tx.coordination.cases.addRegistrations(fresh.map(({ seq }) => ({ caseId: row.id, registration: seq, begin: 0 })))
  await tx.log.append(
    fresh.map(({ person }) => hubLine({ actie: 'exporteren', uitkomst: 'toegestaan', object: row.id, persoon: person })),
    hub.clock.real(),
  )
}

/** A family is found again by what its point may know of it; a case that began with what was sealed learns that later. */
async function knowFamily(tx: Tx, { id }: CaseRow, { begun, keys }: Families): Promise<void> {
  const known = (begun.get(id) ?? []).flatMap(({ seq, person }) => [
    ...(person === null ? [] : [person]),
    ...(keys.get(seq) ?? []),
  ])
  await tx.coordination.cases.addKeys([...new Set(known)].map((key) => ({ key, caseId: id })))
}

/** A case that asked whether it may close, and has somebody involved again. */
async function heardAgain(hub: Hub, tx: Tx, row: CaseRow, seen: RegistrationRow[]): Promise<CaseRow> {
  const day = dayOf(hub.clock.domain())
  if (row.state !== 'vraagt' || !seen.some((each) => takesPart(hub, each, day))) return row
  await endTerms(tx, row.id, 'sluiten')
  return { ...row, state: 'open', askedAt: null }
}

/** What the case began with, as far as its point knows: what it may see, and what the melding that came to it is about. */
async function knownBegin(tx: Tx, { id, request }: CaseRow, seen: RegistrationRow[]): Promise<RegistrationRow[]> {
  const made = request === null ? undefined : await tx.followUps.requestById(request)
  if (!made || seen.some(({ seq }) => seq === made.registration)) return seen
  const began = (await tx.coordination.cases.registrationsOf([id])).filter(({ begin }) => begin === 1)
  return began.some(({ registration }) => registration === made.registration)
    ? [...seen, ...(await tx.registrations.bySeqs([made.registration]))]
    : seen
}

/**
 * A family that moved out of the point's municipalities takes its case along to the point of where it lives now; from one of them to
 * another only the municipality changes.
 */
async function movedCase(hub: Hub, tx: Tx, row: CaseRow, begun: RegistrationRow[]): Promise<CaseRow> {
  const residences = residencesOf(begun)
  const near = residences.filter(({ municipality }) => pointFor(hub.region, municipality) === row.point)
  const { leading } = routeOf(hub.region, hub.policy.coordinatie.leidend, near.length > 0 ? near : residences)
  if (!leading || near.some(({ municipality }) => municipality === row.municipality)) return row
  if (leading.point === row.point) return { ...row, municipality: leading.municipality }
  const moved = { ...row, point: leading.point, municipality: leading.municipality }
  await tellOfCase(hub, tx, row, 'casus.verhuisd', [row.point])
  await tellOfCase(hub, tx, moved, 'casus.verhuisd', [moved.point])
  const registrants = begun.map((each) => eventOf(hub, each.organisation, 'casus.verhuisd.v1', `/v1/registraties/${each.id}`))
  await tx.events.append(registrants)
  await tx.log.append(
    [hubLine({ actie: 'wijzigen', uitkomst: 'toegestaan', object: row.id, controles: 'verhuisd' })],
    hub.clock.real(),
  )
  return moved
}
