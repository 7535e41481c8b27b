import type { Fault } from '../../../schemas/fault.ts'

/** One fault that no schema can find: where, its stable code, what it means (Dutch) and what to do next (Dutch). */
export function faultOf(pointer: string, code: string, melding: string, watNu: string): Fault {
  return { pointer, code, melding, watNu }
}
