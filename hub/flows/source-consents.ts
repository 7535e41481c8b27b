import type { ConsentFromSource } from '../../adapters/adapter.ts'
import type { Hub } from '../context.ts'
import { seal } from '../crypto/envelope.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import { openConsents } from './files.ts'

/** What makes it another answer: a permission that was given an end must not outlive it. */
const SAID = ['antwoord', 'vorm', 'geldigVanaf', 'geldigTot'] as const

interface WithConsents {
  consents: ConsentFromSource[]
  consentsAreAll?: true
}

/**
 * Keeps the consents that a source holds with its registrations. What stands already is not written twice; a changed answer of
 * the same giver, for the same scope, takes the place of the earlier one from that source. Where the source tells all that it holds, one that it no longer tells is withdrawn.
 */
export async function addSourceConsents<M extends WithConsents>(
  hub: Hub,
  tx: Tx,
  messages: Iterable<M>,
  rows: Map<string, RegistrationRow>,
  nameOf: (message: M) => string,
): Promise<void> {
  const withConsents = [...messages].filter(({ consents, consentsAreAll }) => consents.length > 0 || consentsAreAll)
  const own = new Map(withConsents.map((message) => [message, rows.get(nameOf(message)) as RegistrationRow]))
  const bySeq = new Map([...own.values()].map((row) => [row.seq, row]))
  const standing = (await openConsents(hub, await tx.consents.byRegistrations([...bySeq.keys()]), bySeq)).filter(
    (consent) => consent.withdrawnAt === null && 'bron' in consent.answer,
  )
  const now = hub.clock.domain().toISOString()
  const fresh: { row: RegistrationRow; answer: ConsentFromSource }[] = []
  for (const [{ consents, consentsAreAll }, row] of own) {
    const told = new Set(consents.map(slotOf))
    const gone = standing.filter((each) => each.registration === row.seq && !told.has(slotOf(each.answer)))
    if (consentsAreAll) for (const { id } of gone) await tx.consents.withdraw(id, now)
    for (const answer of consents) {
      const earlier = standing.filter((each) => each.registration === row.seq && slotOf(each.answer) === slotOf(answer))
      const same = earlier.find((each) => SAID.every((part) => each.answer[part] === answer[part]))
      for (const each of earlier) if (each !== same) await tx.consents.withdraw(each.id, now)
      if (!same) fresh.push({ row, answer })
    }
  }
  const keys = await hub.dataKeys.get([...bySeq.values()].map((row) => row.id))
  await tx.consents.insert(
    fresh.map(({ row, answer }) => {
      const id = hub.ids.next('t')
      const sealed = seal(keys.get(row.id) as Uint8Array, JSON.stringify({ ...answer, bron: true }), id)
      return { id, registration: row.seq, organisation: row.organisation, forAll: 0, sealed, withdrawnAt: null, createdAt: now }
    }),
  )
}

/** Who answers, about whom, for whom: one standing answer each. */
function slotOf(answer: { over?: string; gever: string; bereik?: object }): string {
  return JSON.stringify([answer.over ?? 'jeugdige', answer.gever, answer.bereik ?? {}])
}
