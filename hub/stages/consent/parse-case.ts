import type { Fault } from '../../../schemas/fault.ts'
import schema from '../../../schemas/policies/geval.schema.json' with { type: 'json' }
import { schemaValidator } from '../../../schemas/validate.ts'
import type { ConsentCase } from './case.ts'

const validate = schemaValidator(schema)

/** A case from its JSON, or every fault of it. Absent guardians and consents are none; fields that are not a case's are left. */
export function parseCase(json: unknown): { kase: ConsentCase } | { faults: Fault[] } {
  const faults = validate(json)
  if (faults.length > 0) return { faults }
  const given = json as ConsentCase
  return { kase: { ...given, gezagsdragers: given.gezagsdragers ?? [], toestemmingen: given.toestemmingen ?? [] } }
}
