import type { Fault } from '../../../schemas/fault.ts'
import schema from '../../../schemas/policies/reglement.schema.json' with { type: 'json' }
import { schemaValidator } from '../../../schemas/validate.ts'
import { HubError } from '../../errors.ts'
import type { Boundary, Policy, Rule } from './policy.ts'

const validate = schemaValidator(schema)

/** A policy from its JSON. Throws `configuratie` with every fault when it breaks the schema or contradicts itself. */
export function parsePolicy(json: unknown): Policy {
  const faults = validate(json)
  if (faults.length === 0) faults.push(...contradictions((json as Policy).regels))
  if (faults.length > 0) {
    const places = faults.map(({ pointer, melding }) => `${pointer || '/'}: ${melding}`).join('\n')
    throw new HubError('configuratie', { detail: `Het reglement deugt niet:\n${places}`, faults })
  }
  return json as Policy
}

function contradictions(rules: readonly Rule[]): Fault[] {
  return rules.flatMap((rule, index) => {
    const pointer = `/regels/${index}`
    const faults: Fault[] = []
    if (rules.findIndex(({ id }) => id === rule.id) !== index)
      faults.push(fault(`${pointer}/id`, 'dubbel', 'Deze regel komt twee keer voor.'))
    const { vanaf, tot } = rule.als?.leeftijd ?? {}
    if (vanaf !== undefined && tot !== undefined && daysOf(vanaf) >= daysOf(tot)) {
      faults.push(fault(`${pointer}/als/leeftijd`, 'volgorde', '“vanaf” ligt niet vóór “tot”.'))
    }
    return faults
  })
}

function daysOf(boundary: Boundary): number {
  return typeof boundary === 'number' ? boundary * 366 : boundary.jaren * 366 + boundary.dagen
}

function fault(pointer: string, code: string, melding: string): Fault {
  return { pointer, code, melding, watNu: 'Pas het reglement aan.' }
}
