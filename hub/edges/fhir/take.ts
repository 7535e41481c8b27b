import { rowsOf, type SourceRow } from '../../../adapters/fhir/rows.ts'
import type { Registratie } from '../../../schemas/types.ts'
import { faultsOf, type IncomingRow, rowOfFile } from '../../flows/import-rows.ts'
import { type CheckedRow, storeRows } from '../../flows/store-rows.ts'
import type { Tx } from '../../ports.ts'
import { pictureOf } from './picture.ts'
import { markOf, type Round, referenceOf } from './round.ts'

/** What makes part of a registration and can go without a change in the patient. */
const LOOSE = /^(RelatedPerson|Consent)\//

/** Stores how these patients are now at the source: the whole picture of each, with what `also` does, as one transaction. */
export async function takePatients(round: Round, patients: readonly string[], also: (tx: Tx) => Promise<void>): Promise<void> {
  const { hub, reader, sender } = round
  const picture = await pictureOf(reader, patients)
  const rows = rowsOf(picture, patients, { gemeente: sender.municipalities[0] ?? '' })
  const { fresh, parts } = await hub.store.read(async (tx) => ({
    fresh: await changedRows(round, tx, rows),
    parts: await changedParts(round, tx, rows),
  }))
  const checked = fresh.map(({ row }): CheckedRow => ({ row, fouten: faultsOf(hub, sender, row) }))
  await storeRows(hub, sender, checked, 'fhir', async (tx) => {
    for (const { mark, content } of [...fresh, ...parts]) await tx.state.set(mark, content)
    await also(tx)
    return true
  })
}

interface Mark {
  mark: string
  content: string
}

/**
 * The rows that say something else than when they were read last; good or wrong, each is told once, however often it is read. A source's moments can be the
 * same for two changes, so a row is newer than what stands. What is remembered are keyed hashes.
 */
async function changedRows(round: Round, tx: Tx, rows: SourceRow[]): Promise<(Mark & { row: IncomingRow })[]> {
  const { hub, sender } = round
  const changed: (Mark & { row: IncomingRow })[] = []
  for (const row of rows) {
    const { bronbericht: _, versie, ...rest } = row.registratie as Registratie
    const mark = markOf(round, rest.kenmerk)
    const content = hub.keys.hash('inhoud', JSON.stringify([rest, row.toestemmingen, row.fouten])).toString('hex')
    if ((await tx.state.get(mark)) === content) continue
    const [standing] = await tx.registrations.byReferences(sender.organisation, [referenceOf(round, rest.kenmerk)])
    const newer = Math.max(versie, (standing?.version ?? 0) + 1)
    const bronbericht = `${rest.kenmerk}/${newer}`
    const incoming = rowOfFile({ ...row, bronbericht, registratie: { ...rest, bronbericht, versie: newer } })
    changed.push({ row: { ...incoming, consentsAreAll: true }, mark, content })
  }
  return changed
}

/**
 * Of which registrations each guardian and consent is part, where that is not remembered yet: a source that tells of a deletion tells no more than a name.
 * Both are keyed hashes, and lead nowhere once the registration is erased.
 */
async function changedParts(round: Round, tx: Tx, rows: SourceRow[]): Promise<Mark[]> {
  const owners = new Map<string, Set<string>>()
  for (const { parts, registratie } of rows) {
    const reference = referenceOf(round, (registratie as Registratie).kenmerk).toString('hex')
    for (const name of parts.filter((part) => LOOSE.test(part))) owners.set(name, (owners.get(name) ?? new Set()).add(reference))
  }
  const changed: Mark[] = []
  for (const [name, references] of owners) {
    const [mark, content] = [markOf(round, name), [...references].sort().join(' ')]
    if ((await tx.state.get(mark)) !== content) changed.push({ mark, content })
  }
  return changed
}

/** The references of the registrations of which something was a part, as `takePatients` remembered them. */
export async function referencesBehind(round: Round, tx: Tx, name: string): Promise<Buffer[]> {
  const content = await tx.state.get(markOf(round, name))
  return content ? content.split(' ').map((each) => Buffer.from(each, 'hex')) : []
}
