import type { ConsentFromSource } from '../../adapters/adapter.ts'
import type { Registratie } from '../../schemas/types.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { InboxRow, RegistrationRow } from '../rows.ts'
import { earlierMessages, standing } from './accept-known.ts'

/** A checked registration and who sends it. */
export interface Delivery {
  sender: Principal
  registration: Registratie
  /** Consents that the source holds with it. */
  consents: ConsentFromSource[]
  /** They are all that it holds: what stands from it and is not among them was taken back there. */
  consentsAreAll?: true
  origin: string
  /** What tells the message from others where that is not the registration's own `bronbericht` and content: an ending. */
  message?: { id: string; content: unknown }
  /** The versions that may stand now; absent: any. */
  expected?: number[]
}

/** A delivery with the keyed hashes by which it is known. */
export interface Message extends Omit<Delivery, 'message'> {
  message: Buffer
  bodyHash: Buffer
  reference: Buffer
}

/** Where a batch stands while its messages are taken in order: each sees those before it. */
export interface Progress {
  inbox: Map<string, InboxRow>
  rows: Map<string, RegistrationRow>
  /** References whose content changes, with the message that decides it. */
  changed: Map<string, Message>
  created: Set<string>
}

/** Beside other writers only what is new is decided upon: for anything else this one waits for its turn, and looks again. */
export async function whatStands(tx: Tx, messages: Message[]): Promise<Progress> {
  const [inbox, rows] = [await earlierMessages(tx, messages), await standing(tx, messages)]
  if (inbox.size + rows.size > 0 && (await tx.alone())) return whatStands(tx, messages)
  return { inbox, rows, changed: new Map(), created: new Set() }
}
