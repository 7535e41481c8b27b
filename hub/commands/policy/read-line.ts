import type { Fault } from '../../../schemas/fault.ts'
import type { ConsentCase } from '../../stages/consent/case.ts'
import { parseCase } from '../../stages/consent/parse-case.ts'

/** One line of a file of cases: its name, and either the case or what is wrong with the line. */
export interface CaseLine {
  geval: unknown
  /** The line as it came, for what a reader looks up beside the case. */
  json: Record<string, unknown>
  kase?: ConsentCase
  faults: Fault[]
}

const NOT_JSON: Fault = {
  pointer: '',
  code: 'json',
  melding: 'Deze regel is geen JSON.',
  watNu: 'Zet op elke regel één geval als JSON, zonder lege regels.',
}

export function readCaseLine(line: string): CaseLine {
  const parsed = parsedOrNothing(line)
  if (parsed === undefined) return { geval: null, json: {}, faults: [NOT_JSON] }
  const json = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>
  const geval = json.geval ?? null
  const read = parseCase(parsed)
  return 'kase' in read ? { geval, json, kase: read.kase, faults: [] } : { geval, json, faults: read.faults }
}

function parsedOrNothing(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
