import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Answer } from '../../flows/answer.ts'
import type { Principal } from '../../principal.ts'
import type { AuditLine } from '../../stages/audit/line.ts'
import { MUNICIPALITIES, POINTS, pointOf } from './model.ts'

let requests = 0

/** One request of an organisation or a point, with a trace of its own. */
export function principalOf(organisation: string): Principal {
  const isPoint = POINTS.some((point) => point === organisation)
  requests += 1
  return {
    client: organisation,
    subject: organisation,
    organisation,
    role: isPoint ? 'coordinatiepunt' : 'organisatie',
    municipalities: isPoint ? MUNICIPALITIES.filter((each) => pointOf(each) === organisation) : ['1894'],
    scopes: new Set(),
    traceId: requests.toString(16).padStart(32, '0'),
    origin: 'api',
  }
}

const unwritten = new WeakMap<Hub, AuditLine[]>()

/** A look, with its lines for the log; `writeLines` puts them there, many at a time. */
export async function seen<T>(hub: Hub, looking: Promise<Answer<T>>): Promise<T> {
  const { body, lines } = await looking
  unwritten.set(hub, [...(unwritten.get(hub) ?? []), ...lines])
  return body
}

export async function writeLines(hub: Hub): Promise<void> {
  const lines = unwritten.get(hub) ?? []
  unwritten.delete(hub)
  await hub.store.write((tx) => tx.log.append(lines, hub.clock.real()))
}

const REFUSALS = ['niet-gevonden', 'ongeldige-invoer', 'conflict']

/** What was answered, or nothing where the hub refused it as it refuses a request; anything else is a failure of the walk. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof HubError && REFUSALS.includes(error.code)) return undefined
    throw error
  }
}
