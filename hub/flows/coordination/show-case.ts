import type { Coordinatiecasus } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import type { CaseEntryRow, CaseRow, ClimbRow, ClimbStepRow, DeadlineRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import { dayOf } from '../../stages/calendar.ts'
import { proposeCoordinator } from '../../stages/coordination/care-coordinator.ts'
import { type CaseFile, caseFileOf } from '../../stages/coordination/case-file.ts'
import type { Files } from '../files.ts'
import { involvementOf, takesPart } from '../involvements.ts'
import { showSide } from '../match-view.ts'
import { type Receiver, receiverFor } from '../receivers.ts'
import { leadingOf } from './residences.ts'

/** All that is needed to show one case to one reader. */
export interface CaseParts {
  row: CaseRow
  /** The match's id towards this reader, when it sees the match now. */
  match: string | null
  entries: CaseEntryRow[]
  family: RegistrationRow[]
  files: Files
  climbs: ClimbRow[]
  steps: ClimbStepRow[]
  deadlines: DeadlineRow[]
}

/** What a list tells of a case. */
export function summaryOf(row: CaseRow, match: string | null, reader: Receiver): Coordinatiecasus {
  return {
    id: row.id,
    status: row.state === 'gesloten' ? 'gesloten' : 'open',
    gemeente: row.municipality || null,
    geopendOp: row.openedAt,
    match,
    melding: reader.hasSides ? null : row.request,
    variant: row.variant,
    ...(row.closedAt ? { geslotenOp: row.closedAt } : {}),
    ...(row.askedAt && row.state === 'vraagt' ? { vraagtSinds: row.askedAt } : {}),
    ...(row.nextAt < NEVER && row.state !== 'gesloten' ? { termijn: row.nextAt } : {}),
  }
}

/** Later than any term: sorts last. */
export const NEVER = '9999-12-31T00:00:00.000Z'

/**
 * One case in full. Only organisations that the reader may see on this day are named, wherever they stand in it; an agreement or a
 * bottleneck of another is absent.
 */
export function showCase(hub: Hub, reader: Receiver, parts: CaseParts): Coordinatiecasus {
  const { row, match, entries, family, files } = parts
  const day = dayOf(hub.clock.domain())
  const open = family.filter((each) => each.person !== null && takesPart(hub, each, day))
  const others = open.filter((each) => !reader.hasSides || each.organisation !== reader.id)
  const named = new Set([...family.map((each) => each.organisation), reader.id, row.point])
  const file = caseFileOf(entries.map((entry) => ({ ...entry, content: JSON.parse(entry.content) })))
  const names = namesFor(hub, named)
  const frameworks = open.flatMap((each) => files.contents.get(each.seq)?.registration.betrokkenheid.kader ?? [])
  const rule = proposeCoordinator(hub.policy.coordinatie.zorgcoordinator, {
    frameworks: new Set(frameworks),
    variant: row.variant,
  })
  return {
    ...summaryOf(row, match, reader),
    betrokkenen: others.map((each) => showSide(hub, files, involvementOf(each, []), reader)),
    ...(rule && !reader.hasSides ? { voorstelZorgcoordinator: { regel: rule.id, wie: rule.soort, functie: rule.functie } } : {}),
    ...(reader.hasSides ? {} : leadingOf(hub, open)),
    ...filePartsOf(file, names),
    ladders: parts.climbs.filter(({ organisation }) => names.may(organisation)).map((climb) => showClimb(climb, parts, names)),
    termijnen: parts.deadlines.map(({ term, passesAt }) => ({ termijn: term.split(':')[0] ?? term, voorbijOp: passesAt })),
  }
}

interface Names {
  may(organisation: string | null | undefined): boolean
  /** `{organisatie}` for one that may be named, else nothing. */
  ref(organisation: string | null | undefined): { organisatie?: { id: string; naam: string } }
}

function namesFor(hub: Hub, named: ReadonlySet<string>): Names {
  const may = (id: string | null | undefined) => !id || named.has(id)
  return {
    may,
    ref: (id) => (id && may(id) ? { organisatie: { id, naam: receiverFor(hub.region, id)?.naam ?? id } } : {}),
  }
}

function filePartsOf(file: CaseFile, names: Names) {
  const party = ({ soort, organisatie, functie }: { soort: string; organisatie?: string; functie?: string }) => ({
    soort: soort as 'ouder',
    ...names.ref(organisatie),
    ...(functie ? { functie } : {}),
  })
  const refs = (ids: string[]) => ids.flatMap((id) => names.ref(id).organisatie ?? [])
  const { coach, closing } = file
  return {
    rondetafels: file.roundTables.map(({ id, day, invited, present }) => ({
      id,
      datum: day,
      uitgenodigd: refs(invited),
      aanwezig: refs(present),
    })),
    zorgcoordinatoren: file.coordinators
      .filter(({ organisation }) => names.may(organisation))
      .map(({ wie, organisation, functie, from, until }) => ({
        wie,
        ...names.ref(organisation),
        ...(functie ? { functie } : {}),
        vanaf: from,
        tot: until,
      })),
    ...(coach && names.may(coach.organisation)
      ? {
          gezinscoach: {
            ...names.ref(coach.organisation),
            ...(coach.functie ? { functie: coach.functie } : {}),
            vanaf: coach.from,
          },
        }
      : {}),
    plannen: [...file.plans.values()].map(({ plan, members, evaluations, evaluated }) => ({
      plan,
      deelnemers: members.filter((member) => names.may(member.organisatie)).map(party),
      evaluaties: evaluations,
      geevalueerd: evaluated,
    })),
    ...agreementsOf(file, names, party),
    ...(closing?.reden
      ? {
          sluiting: {
            reden: closing.reden,
            ...(closing.terugvalrisico ? { terugvalrisico: closing.terugvalrisico } : {}),
            ...(closing.vingerAanDePols && names.may(closing.vingerAanDePols.organisatie)
              ? { vingerAanDePols: party(closing.vingerAanDePols) }
              : {}),
          },
        }
      : {}),
  }
}

type Party = (each: { soort: string; organisatie?: string; functie?: string }) => { soort: 'ouder' }

function agreementsOf(file: CaseFile, names: Names, party: Party) {
  return {
    afspraken: [...file.agreements.values()]
      .filter(({ by }) => names.may(by.organisatie))
      .map(({ id, plan, by, code, due, state }) => ({
        id,
        plan,
        door: party(by),
        code,
        uiterlijk: due,
        stand: state as 'gemaakt',
      })),
    knelpunten: file.bottlenecks
      .filter(({ organisation }) => names.may(organisation))
      .map(({ id, code, organisation, day }) => ({ id, code, ...names.ref(organisation), datum: day })),
    gesprekken: file.talks,
    opgelegd: file.imposed
      .filter(({ organisation }) => names.may(organisation))
      .map(({ id, mandate, code, organisation, day }) => ({
        id,
        mandaat: mandate,
        code,
        ...names.ref(organisation),
        datum: day,
      })),
  }
}

function showClimb(climb: ClimbRow, { steps }: CaseParts, names: Names) {
  return {
    ladder: climb.ladder as 'stagnatie',
    ...names.ref(climb.organisation),
    begonnenOp: climb.startedAt,
    stand: climb.state as 'loopt',
    stappen: steps.filter((each) => each.climb === climb.id).map(({ code, at }) => ({ stap: code, op: dayOf(at) })),
    volgende: climb.state === 'loopt' ? climb.nextAt : null,
  }
}
