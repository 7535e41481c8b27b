import type { Fault } from '../../../schemas/fault.ts'
import type { Casushandeling, VastgelegdeHandeling } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import { proposeCoordinator } from '../../stages/coordination/care-coordinator.ts'
import { type CaseFile, coordinatorOn } from '../../stages/coordination/case-file.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import type { Files } from '../files.ts'

/** An act before it is recorded: who does what in which case, and what the actor may know of the family. */
export interface Act {
  hub: Hub
  principal: Principal
  row: CaseRow
  family: RegistrationRow[]
  files: Files
  file: CaseFile
  body: Casushandeling
}

/** What the policy and the case itself do not allow. */
export function boundFaults(act: Act): Fault[] {
  const { hub, principal, body, file } = act
  const { variantenVastTeStellen: variants, opleggen: mayImpose, variant5 } = hub.policy.coordinatie
  const faults: Fault[] = []
  if (body.soort === 'variant' && body.variant !== undefined) {
    const allowed = variants[String(body.variant) as '0']
    if (!allowed.includes(principal.role)) faults.push(notAllowed('/variant', allowed))
    if (body.variant === 5) faults.push(...conditionFaults(variant5, body.voorwaarden ?? [], file))
    if (body.variant !== 5 && body.voorwaarden)
      faults.push(faultOf('/voorwaarden', 'niet-hier', 'Voorwaarden horen bij variant 5.', 'Laat ze weg.'))
  }
  if (body.soort === 'opleggen' && !mayImpose.includes(principal.role)) faults.push(notAllowed('/soort', mayImpose))
  if (body.soort === 'afspraakresultaat' && body.afspraak !== undefined && !isOpenAgreement(act))
    faults.push(faultOf('/afspraak', 'onbekend', 'Deze afspraak loopt hier niet.', 'Kies een lopende afspraak van deze casus.'))
  return faults
}

function notAllowed(pointer: string, allowed: readonly string[]): Fault {
  const who = allowed.length > 0 ? `Vraag het aan: ${allowed.join(', ')}.` : 'In deze regio mag niemand dit.'
  return faultOf(pointer, 'niet-bevoegd', 'Uw rol mag dit niet vaststellen.', who)
}

/** All conditions of variant 5 must be recorded, and there must be a plan in which it can be laid down. */
function conditionFaults(wanted: readonly string[], given: readonly string[], file: CaseFile): Fault[] {
  const missing = wanted.filter((code) => !given.includes(code) || (code === 'in-plan' && file.plans.size === 0))
  return missing.map((code) =>
    faultOf('/voorwaarden', 'voorwaarde-ontbreekt', `Voor variant 5 ontbreekt: ${code}.`, 'Leg eerst alle voorwaarden vast.'),
  )
}

function isOpenAgreement({ file, body, family, principal, row }: Act): boolean {
  const agreement = file.agreements.get(body.afspraak ?? '')
  if (!agreement || (agreement.state !== 'gemaakt' && agreement.state !== 'verlopen')) return false
  const { organisatie } = agreement.by
  const known = [...family.map((each) => each.organisation), principal.organisation, row.point]
  return organisatie === undefined || principal.role === 'coordinatiepunt' || known.includes(organisatie)
}

type Warning = NonNullable<VastgelegdeHandeling['waarschuwingen']>[number]

/** What stands out and stops nothing. */
export async function warningsOf(tx: Tx, act: Act): Promise<Warning[]> {
  const { hub, body, file } = act
  const { grenzen } = hub.policy.coordinatie
  const warnings: Warning[] = []
  if (body.soort === 'gesprek' && file.talks + 1 > grenzen.gesprekken) warnings.push('veel-gesprekken')
  if (body.soort === 'zorgcoordinator') {
    if (proposed(act)?.soort !== body.wie) warnings.push('wijkt-af-van-regel')
    const { coach } = file
    if (coach && coach.organisation === body.organisatie && coach.functie === (body.functie ?? null))
      warnings.push('zorgcoordinator-is-gezinscoach')
    if (body.organisatie && (await tx.coordination.cases.caseload(body.organisatie)) > grenzen.gezinnenPerZorgcoordinator)
      warnings.push('veel-gezinnen')
  }
  if (body.soort === 'gezinscoach' && isCoordinator(act)) warnings.push('zorgcoordinator-is-gezinscoach')
  return warnings
}

function isCoordinator({ file, body, hub }: Act): boolean {
  const standing = coordinatorOn(file, hub.clock.domain().toISOString().slice(0, 10))
  return standing?.organisation === body.organisatie && standing?.functie === (body.functie ?? null)
}

function proposed({ hub, row, family, files }: Act) {
  const frameworks = family.flatMap((each) => files.contents.get(each.seq)?.registration.betrokkenheid.kader ?? [])
  return proposeCoordinator(hub.policy.coordinatie.zorgcoordinator, { frameworks: new Set(frameworks), variant: row.variant })
}
