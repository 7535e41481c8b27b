import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import { hubLine } from '../../stages/audit/line-of.ts'
import { tellCase } from './tell-case.ts'

/**
 * A case stays with the family of the oldest registration that it began with. Whoever it took along because of a link, or a tie, that was undone
 * since is let go: the family is not found by them any more, and an organisation that was brought in for them alone is out, as is its
 * zorgcoördinator. Those who were in it hear that it changed.
 */
export async function correctCase(hub: Hub, tx: Tx, row: CaseRow): Promise<CaseRow> {
  const began = (await tx.coordination.cases.registrationsOf([row.id])).filter(({ begin }) => begin === 1)
  const begun = (await tx.registrations.bySeqs(began.map(({ registration }) => registration))).sort((a, b) => a.seq - b.seq)
  if (new Set(begun.map(({ person }) => person)).size < 2) return row
  const anchors = await anchorsOf(tx, begun)
  const kept = tiedTo(begun, anchors)
  const gone = begun.filter(({ seq }) => !kept.has(seq))
  if (gone.length === 0) return row
  await tellCase(hub, tx, row, 'casus.gewijzigd', null)
  const staying = begun.filter(({ seq }) => kept.has(seq))
  const namesOf = (rows: RegistrationRow[]) =>
    new Set(rows.flatMap((each) => [each.person ?? '', ...(anchors.get(each.person) ?? [])]))
  const lost = [...namesOf(gone).difference(namesOf(staying))]
  const out = new Set(gone.map(({ organisation }) => organisation)).difference(
    new Set(staying.map(({ organisation }) => organisation)),
  )
  await tx.coordination.cases.letGo(row.id, { registrations: gone.map(({ seq }) => seq), keys: lost, parties: [...out] })
  const facts = { actie: 'wijzigen', uitkomst: 'toegestaan', object: row.id, controles: 'koppeling-gecorrigeerd' } as const
  await tx.log.append(
    gone.map(({ person }) => hubLine({ ...facts, persoon: person })),
    hub.clock.real(),
  )
  return row.coordinator !== null && out.has(row.coordinator) ? { ...row, coordinator: null } : row
}

/** The anchors of each person, over all registrations of it. */
async function anchorsOf(tx: Tx, begun: RegistrationRow[]): Promise<Map<string | null, string[]>> {
  const rows = await tx.registrations.byPersons([...new Set(begun.flatMap(({ person }) => person ?? []))])
  const keys = await tx.linking.familyKeysOf(rows.map(({ seq }) => seq))
  return new Map(
    [...Map.groupBy(rows, ({ person }) => person)].map(([person, own]) => [
      person,
      own.flatMap(({ seq }) => keys.get(seq) ?? []),
    ]),
  )
}

/** Those of the oldest one's person, and of persons that share an anchor with it: one step, as families are. */
function tiedTo(begun: RegistrationRow[], anchors: Map<string | null, string[]>): Set<number> {
  const [oldest] = begun
  const own = new Set(anchors.get(oldest?.person ?? null))
  const isTied = ({ person }: RegistrationRow) =>
    person === oldest?.person || (anchors.get(person) ?? []).some((key) => own.has(key))
  return new Set(begun.filter(isTied).map(({ seq }) => seq))
}
