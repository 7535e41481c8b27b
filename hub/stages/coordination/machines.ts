import type { Ladder } from '../consent/policy.ts'
import type { Machine, Transition } from './machine.ts'

const POINT = ['coordinatiepunt'] as const
const CALENDAR = ['kalender'] as const
const BOTH = ['organisatie', 'coordinatiepunt'] as const

/** A request to the coördinatiepunt, with or without a match (domain.md, Match, signal, melding). */
export const MELDING: Machine = {
  naam: 'Melding',
  begin: 'ontvangen',
  overgangen: [
    { van: 'ontvangen', handeling: 'toetsen', naar: 'getoetst', wie: POINT },
    { van: 'ontvangen', handeling: 'afwijzen', naar: 'afgewezen', wie: POINT },
    { van: 'ontvangen', handeling: 'oppakken', naar: 'opgepakt', wie: POINT },
    { van: 'getoetst', handeling: 'afwijzen', naar: 'afgewezen', wie: POINT },
    { van: 'getoetst', handeling: 'oppakken', naar: 'opgepakt', wie: POINT },
  ],
}

/** What may be recorded in a case without changing its state, and by whom. */
const RECORDED: Record<string, Pick<Transition, 'wie' | 'mits'>> = {
  rondetafel: { wie: POINT },
  variant: { wie: BOTH, mits: 'het reglement laat deze rol de variant vaststellen; variant 5 met alle voorwaarden' },
  zorgcoordinator: { wie: POINT },
  gezinscoach: { wie: POINT },
  plan: { wie: BOTH },
  afspraak: { wie: BOTH },
  afspraakresultaat: { wie: BOTH },
  evaluatie: { wie: BOTH },
  gesprek: { wie: BOTH },
  knelpunt: { wie: BOTH },
  ladder: { wie: BOTH },
  ladderantwoord: { wie: BOTH },
  opleggen: { wie: BOTH, mits: 'het reglement noemt deze rol, en er is een mandaat' },
}

const inState = (stand: string, naar: string): Transition[] =>
  Object.entries(RECORDED).map(([handeling, rest]) => ({ van: stand, handeling, naar, ...rest }))

/** The coördinatiepunt's follow-up of a match or a melding. `vraagt` is an open case without open involvement. */
export const CASUS: Machine = {
  naam: 'Coördinatiecasus',
  begin: 'open',
  overgangen: [
    ...inState('open', 'open'),
    { van: 'open', handeling: 'sluiten', naar: 'gesloten', wie: POINT },
    { van: 'open', handeling: 'verhuizen', naar: 'open', wie: CALENDAR },
    { van: 'open', handeling: 'vragen', naar: 'vraagt', wie: CALENDAR, mits: 'er is geen zichtbare open betrokkenheid meer' },
    ...inState('vraagt', 'vraagt'),
    { van: 'vraagt', handeling: 'bevestigen', naar: 'open', wie: ['coordinatiepunt', 'kalender'] },
    { van: 'vraagt', handeling: 'sluiten', naar: 'gesloten', wie: ['coordinatiepunt', 'kalender'] },
    { van: 'vraagt', handeling: 'verhuizen', naar: 'vraagt', wie: CALENDAR },
    { van: 'gesloten', handeling: 'heropenen', naar: 'open', wie: POINT, mits: 'binnen de termijn van heropenen' },
  ],
}

/** One organisation passes its involvement on to another. */
export const OVERDRACHT: Machine = {
  naam: 'Overdracht',
  begin: 'aangeboden',
  overgangen: [
    { van: 'aangeboden', handeling: 'aanvaarden', naar: 'aanvaard', wie: ['ontvanger'], mits: 'de ontvanger mag het weten' },
    { van: 'aangeboden', handeling: 'teruggeven', naar: 'teruggegeven', wie: ['ontvanger'], mits: 'de ontvanger mag het weten' },
    { van: 'aangeboden', handeling: 'intrekken', naar: 'teruggegeven', wie: ['aanbieder'] },
    { van: 'aangeboden', handeling: 'verlopen', naar: 'teruggegeven', wie: CALENDAR },
    {
      van: 'aanvaard',
      handeling: 'teruggeven',
      naar: 'teruggegeven',
      wie: ['ontvanger'],
      mits: 'binnen de termijn van overdracht',
    },
  ],
}

/** One agreement of a plan. Not kept in time and not kept are different things; both are counted. */
export const AFSPRAAK: Machine = {
  naam: 'Afspraak',
  begin: 'gemaakt',
  overgangen: [
    { van: 'gemaakt', handeling: 'nakomen', naar: 'nagekomen', wie: BOTH },
    { van: 'gemaakt', handeling: 'niet-nakomen', naar: 'niet-nagekomen', wie: BOTH },
    { van: 'gemaakt', handeling: 'verlopen', naar: 'verlopen', wie: CALENDAR },
    { van: 'verlopen', handeling: 'nakomen', naar: 'nagekomen', wie: BOTH },
    { van: 'verlopen', handeling: 'niet-nakomen', naar: 'niet-nagekomen', wie: BOTH },
  ],
}

/** The state machine of a ladder: each step in its turn, an answer from every one of them, and its end. */
export function ladderMachine(naam: string, { stappen }: Ladder): Machine {
  const names = ['begonnen', ...stappen.map(({ id }) => id)]
  const climbing = stappen.map(({ id }, i) => ({ van: names[i] as string, handeling: 'verstrijken', naar: id, wie: CALENDAR }))
  const answers = names.map((van) => ({ van, handeling: 'antwoorden', naar: 'beantwoord', wie: BOTH }))
  return { naam: `Ladder ${naam}`, begin: 'begonnen', overgangen: [...climbing, ...answers] }
}
