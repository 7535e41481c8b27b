import type { ErrorObject } from 'ajv'
import type { Fault } from './fault.ts'
import { describeFault, faults_max, TOO_MANY } from './fault-texts.ts'

/** ajv's errors as faults: one for each thing that is wrong, where ajv reports a choice and every branch of it. */
export function toFaults(errors: readonly ErrorObject[]): Fault[] {
  const faults = new Map<string, Fault>()
  for (const error of strongestPerPlace(withoutBranches(errors))) {
    const fault = describeFault(error)
    faults.set(`${fault.pointer} ${fault.code}`, fault)
    if (faults.size === faults_max) return [...faults.values(), TOO_MANY]
  }
  return [...faults.values()]
}

const CHOICES = new Set(['anyOf', 'oneOf', 'not'])

/** Leaves out what failed inside a choice, `if` (its `then` says it), and a choice that fails only by a wrong type in it. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter((error) => CHOICES.has(error.keyword))
  const outside = errors.filter((error) => error.keyword !== 'if' && !choices.some((choice) => isInside(error, choice)))
  const mistyped = new Set(outside.filter((error) => error.keyword === 'type').map((error) => error.instancePath))
  const blamed = choices.filter((choice) =>
    errors.some((error) => error.keyword === 'type' && isInside(error, choice) && mistyped.has(error.instancePath)),
  )
  return outside.filter((error) => !blamed.includes(error))
}

function isInside(error: ErrorObject, choice: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${choice.schemaPath}/`) && error.instancePath.startsWith(choice.instancePath)
}

/** Of a value that breaks several rules at once, what to say: the first of these. */
const STRENGTH = ['type', 'const', 'format', 'enum', 'maxLength', 'minLength', 'pattern']

function strongestPerPlace(errors: ErrorObject[]): ErrorObject[] {
  const best = new Map<string, number>()
  for (const error of errors) {
    const rank = STRENGTH.indexOf(error.keyword)
    if (rank >= 0) best.set(error.instancePath, Math.min(rank, best.get(error.instancePath) ?? rank))
  }
  return errors.filter((error) => {
    const rank = STRENGTH.indexOf(error.keyword)
    return rank < 0 || rank === best.get(error.instancePath)
  })
}
