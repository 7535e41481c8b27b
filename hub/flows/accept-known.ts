import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { InboxRow, RegistrationRow } from '../rows.ts'

interface Referenced {
  sender: Principal
  /** Keyed hash of the reference. */
  reference: Buffer
}

/** What tells one registration from another within a batch. */
export function nameOf({ sender, reference }: Referenced): string {
  return `${sender.organisation}\0${reference.toString('base64')}`
}

/** The registrations that stand under the references of these messages. */
export async function standing(tx: Tx, messages: Referenced[]): Promise<Map<string, RegistrationRow>> {
  const found = new Map<string, RegistrationRow>()
  for (const [organisation, group] of Map.groupBy(messages, (message) => message.sender.organisation))
    for (const row of await tx.registrations.byReferences(
      organisation,
      group.map((message) => message.reference),
    ))
      found.set(`${organisation}\0${Buffer.from(row.reference).toString('base64')}`, row)
  return found
}

/** The messages of a batch that came in before, by keyed hash. */
export async function earlierMessages(
  tx: Tx,
  messages: { sender: Principal; message: Buffer }[],
): Promise<Map<string, InboxRow>> {
  const found = new Map<string, InboxRow>()
  for (const [client, group] of Map.groupBy(messages, (message) => message.sender.client))
    for (const row of await tx.inbox.find(
      client,
      group.map(({ message }) => message),
    ))
      found.set(Buffer.from(row.message).toString('base64'), row)
  return found
}
