import type { Casushandeling } from '../../../schemas/types.ts'
import { type Day, dayOf } from '../calendar.ts'
import { step } from './machine.ts'
import { AFSPRAAK } from './machines.ts'

/** An act as it was recorded: by whom, when, and what. The calendar records agreements that passed (`afspraakverlopen`). */
export interface Recorded {
  id: string
  kind: string
  content: Partial<Omit<Casushandeling, 'soort'>>
  organisation: string
  createdAt: string
}

type Party = NonNullable<Casushandeling['door']>

export interface Coordinator {
  wie: NonNullable<Casushandeling['wie']>
  organisation: string | null
  functie: string | null
  from: Day
  until: Day | null
}

export interface Agreement {
  id: string
  plan: number
  by: Party
  code: string
  due: Day
  state: string
}

export interface Plan {
  plan: number
  members: Party[]
  evaluations: Day[]
  evaluated: Day[]
}

/** What a case holds now: the sum of what was recorded in it. */
export interface CaseFile {
  coordinators: Coordinator[]
  coach: { organisation: string; functie: string | null; from: Day; until: Day | null } | null
  plans: Map<number, Plan>
  agreements: Map<string, Agreement>
  roundTables: { id: string; day: Day; invited: string[]; present: string[] }[]
  bottlenecks: { id: string; code: string; organisation: string | null; day: Day }[]
  imposed: { id: string; mandate: string; code: string; organisation: string | null; day: Day }[]
  talks: number
  closing: Pick<Casushandeling, 'reden' | 'terugvalrisico' | 'vingerAanDePols'> | null
}

/** The case as its acts, oldest first, made it. */
export function caseFileOf(entries: Recorded[]): CaseFile {
  const file: CaseFile = {
    coordinators: [],
    coach: null,
    plans: new Map(),
    agreements: new Map(),
    roundTables: [],
    bottlenecks: [],
    imposed: [],
    talks: 0,
    closing: null,
  }
  for (const entry of entries) FOLDS[entry.kind]?.(file, entry, entry.content.datum ?? dayOf(entry.createdAt))
  return file
}

type Fold = (file: CaseFile, entry: Recorded, day: Day) => void

const FOLDS: Record<string, Fold> = {
  rondetafel(file, { id, content: { uitgenodigd = [], aanwezig = [] } }, day) {
    file.roundTables.push({ id, day, invited: uitgenodigd, present: aanwezig })
  },
  zorgcoordinator(file, { content }, day) {
    const from = content.vanaf ?? day
    const standing = file.coordinators.at(-1)
    if (standing && standing.until === null) standing.until = from
    const { wie = 'professional', organisatie, functie, tot } = content
    file.coordinators.push({ wie, organisation: organisatie ?? null, functie: functie ?? null, from, until: tot ?? null })
  },
  gezinscoach(file, { content: { organisatie = '', functie, vanaf, tot } }, day) {
    file.coach = { organisation: organisatie, functie: functie ?? null, from: vanaf ?? day, until: tot ?? null }
  },
  plan(file, { content: { plan = 1, deelnemers = [], evaluaties = [] } }) {
    const evaluated = file.plans.get(plan)?.evaluated ?? []
    file.plans.set(plan, { plan, members: deelnemers, evaluations: evaluaties, evaluated })
  },
  evaluatie(file, { content: { plan = 1 } }, day) {
    const standing = file.plans.get(plan) ?? { plan, members: [], evaluations: [], evaluated: [] }
    file.plans.set(plan, { ...standing, evaluated: [...standing.evaluated, day] })
  },
  afspraak(file, { id, content: { plan = 1, door, code = '', uiterlijk = '' } }) {
    if (door) file.agreements.set(id, { id, plan, by: door, code, due: uiterlijk, state: AFSPRAAK.begin })
  },
  afspraakresultaat(file, { content: { afspraak = '', nagekomen } }) {
    moveAgreement(file, afspraak, nagekomen ? 'nakomen' : 'niet-nakomen', 'coordinatiepunt')
  },
  afspraakverlopen(file, { content: { afspraak = '' } }) {
    moveAgreement(file, afspraak, 'verlopen', 'kalender')
  },
  knelpunt(file, { id, content: { code = '', organisatie } }, day) {
    file.bottlenecks.push({ id, code, organisation: organisatie ?? null, day })
  },
  opleggen(file, { id, content: { mandaat = '', code = '', organisatie } }, day) {
    file.imposed.push({ id, mandate: mandaat, code, organisation: organisatie ?? null, day })
  },
  gesprek(file) {
    file.talks += 1
  },
  sluiten(file, { content: { reden, terugvalrisico, vingerAanDePols } }) {
    file.closing = {
      ...(reden ? { reden } : {}),
      ...(terugvalrisico ? { terugvalrisico } : {}),
      ...(vingerAanDePols ? { vingerAanDePols } : {}),
    }
  },
  heropenen(file) {
    file.closing = null
  },
}

function moveAgreement(file: CaseFile, id: string, act: string, by: 'coordinatiepunt' | 'kalender'): void {
  const agreement = file.agreements.get(id)
  const stepped = agreement && step(AFSPRAAK, agreement.state, act, by)
  if (agreement && stepped?.gelukt) agreement.state = stepped.naar
}

/** The zorgcoördinator on a day, if there is one. */
export function coordinatorOn(file: CaseFile, day: Day): Coordinator | undefined {
  return file.coordinators.findLast(({ from, until }) => from <= day && (until === null || until > day))
}
