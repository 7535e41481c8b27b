import type { Fault } from '../schemas/fault.ts'

/** A source file that cannot be read as a whole, or no further: every fault found, and where. */
export class SourceFault extends Error {
  readonly fouten: Fault[]
  /** Line or record of the source at which reading stopped; 1 is the head. */
  readonly regel: number

  constructor(fouten: Fault[], regel: number) {
    super(fouten.map((fault) => `${fault.pointer}: ${fault.melding}`).join(' '))
    this.name = 'SourceFault'
    this.fouten = fouten
    this.regel = regel
  }
}
