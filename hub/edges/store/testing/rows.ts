import { randomBytes } from 'node:crypto'
import type { NewEvent } from '../../../ports.ts'
import type { NewRegistration } from '../../../rows.ts'
import { hubLine } from '../../../stages/audit/line-of.ts'

/** How many do the same at once. */
export const ALIKE = 24

let made = 0

/** A registration as `accept` stores it; what is given goes in its place. */
export function newRegistration(given: Partial<NewRegistration> = {}): NewRegistration {
  made += 1
  return {
    id: `r_${String(made).padStart(26, '0')}`,
    client: 'mee',
    organisation: 'mee',
    reference: randomBytes(16),
    version: 1,
    state: 'ontvangen',
    person: null,
    roleInFamily: 'jeugdige',
    status: 'actief',
    startedOn: '2026-01-05',
    endedOn: null,
    municipality: '1894',
    signals: 0,
    receivedAt: '2026-11-22T09:00:00.000Z',
    renewedOn: '2026-11-22',
    archivedOn: null,
    frozen: 0,
    traceId: null,
    residence: null,
    residenceSince: null,
    facts: null,
    keyEpochs: '1',
    envelope: randomBytes(64),
    profile: randomBytes(64),
    blockingKeys: [],
    ...given,
  }
}

export function newEvent(receiver: string, i: number): NewEvent {
  const type = 'nl.verwijsindex.match.geopend.v1'
  const id = `g_${String(i).padStart(26, '0')}`
  return { receiver, id, type, time: '2026-11-22T09:00:00.000Z', dataref: '/v1/matches/m', municipality: null, traceId: null }
}

export const LINE = hubLine({ actie: 'lezen', uitkomst: 'toegestaan', object: 'proef', controles: 'proef' })
export const together = <T>(count: number, work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)))
