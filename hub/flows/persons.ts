import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow } from '../rows.ts'
import { components, type Edge } from '../stages/link/components.ts'

/**
 * Recomputes these persons from their links after a link was added or removed. The group of the oldest registration keeps the
 * pseudonym of the person; a group that splits off gets a new one; persons that became one point at the one that stays.
 * Answers every pseudonym concerned.
 */
export async function recomputePersons(hub: Hub, tx: Tx, persons: string[]): Promise<string[]> {
  const { rows, edges } = await reachedFrom(tx, persons)
  const personOf = new Map(rows.map((row) => [row.seq, row.person as string]))
  const groups = components([...personOf.keys()], edges.map(weighed))
  const taken = new Set<string>()
  const concerned = new Set([...persons, ...personOf.values()])
  for (const group of groups) {
    const names = [...new Set(group.map((seq) => personOf.get(seq) as string))]
    const kept = names.find((name) => !taken.has(name))
    const person = kept ?? hub.ids.next('p')
    if (!kept) await tx.linking.insertPersons([{ id: person, createdAt: hub.clock.domain().toISOString(), redirect: null }])
    taken.add(person)
    concerned.add(person)
    const moving = group.filter((seq) => personOf.get(seq) !== person)
    await tx.registrations.setPersons(moving.map((seq) => ({ seq, person })))
  }
  await redirectEmptied(tx, [...concerned], taken, groups, personOf)
  return [...concerned]
}

/**
 * Every registration of these persons, and of whom a link reaches from them: a link to another person gave way so far, and what it gave
 * way to may be what went.
 */
async function reachedFrom(tx: Tx, persons: string[]): Promise<{ rows: RegistrationRow[]; edges: EdgeRow[] }> {
  const rows = await tx.registrations.byPersons([...new Set(persons)])
  const known = new Set(rows.map(({ seq }) => seq))
  const edges = await tx.linking.edgesTouching([...known])
  const beyond = edges.flatMap(({ a, b, kind }) => (kind === 'zelfde' ? [a, b].filter((seq) => !known.has(seq)) : []))
  const others = (await tx.registrations.bySeqs([...new Set(beyond)])).flatMap(({ person }) => person ?? [])
  return others.length > 0 ? reachedFrom(tx, [...persons, ...others]) : { rows, edges }
}

const ANSWER = 1e6
const NUMBER = 1e3

/** What a link counts for where links contradict each other: an answer first, then a number, then the bits that it rested on. */
export function weighed({ a, b, kind, origin, evidence }: EdgeRow): Edge {
  if (origin === 'mens') return { a, b, kind, strength: ANSWER }
  const { totaal = 0, velden = [] } = JSON.parse(evidence || '{}') as {
    totaal?: number
    velden?: { veld: string; niveau: string }[]
  }
  const isNumber = velden.some(({ veld, niveau }) => veld === 'bsn' && niveau === 'gelijk')
  return { a, b, kind, strength: totaal + (isNumber ? NUMBER : 0) }
}

/** A pseudonym without registrations of its own points at the person that took them. */
async function redirectEmptied(
  tx: Tx,
  persons: string[],
  taken: Set<string>,
  groups: number[][],
  personOf: Map<number, string>,
): Promise<void> {
  for (const name of new Set(persons)) {
    if (taken.has(name)) continue
    const group = groups.find((members) => members.some((seq) => personOf.get(seq) === name))
    const heir = group?.map((seq) => personOf.get(seq) as string).find((other) => taken.has(other))
    if (heir) await tx.linking.redirect(name, heir)
  }
}
