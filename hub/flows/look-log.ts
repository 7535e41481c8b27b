import type { LogregelLijst, LogregelsZoekvraag, PersonenZoekvraag, PersoonPseudoniem } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Principal } from '../principal.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { decideAmong } from '../stages/link/spellings.ts'
import { subjectOf } from '../stages/link/subject.ts'
import type { Answer } from './answer.ts'
import { tokensOf } from './tokens.ts'

/** Searches the access log; reading it is itself a line. A person is sought under every pseudonym that was ever his or hers. */
export async function lookLog(hub: Hub, principal: Principal, query: LogregelsZoekvraag): Promise<Answer<LogregelLijst>> {
  const { persons, known } = await namedPerson(hub, query.persoon)
  const body = await hub.accessLog.search(query, persons, query.cursor ?? '', query.limiet ?? 100)
  return { body, lines: [lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'logregels', persoon: known })] }
}

/** Every pseudonym of the person asked for (null: of anyone), and the one to log: what is no pseudonym may be a name in the wrong field. */
export async function namedPerson(
  hub: Hub,
  person: string | undefined,
): Promise<{ persons: string[] | null; known: string | null }> {
  if (!person) return { persons: null, known: null }
  const persons = await hub.store.read((tx) => tx.linking.aliases([person]))
  return { persons, known: persons.includes(person) ? person : null }
}

/**
 * The pseudonym of one person, for a privacy officer with a reason. Found by the linker itself: only who would be linked without
 * doubt is answered. The look-up is a line in the log, found or not, with the reason sealed under
 * the region’s key: a reason may name someone, and the log never does.
 */
export async function findPerson(hub: Hub, principal: Principal, query: PersonenZoekvraag): Promise<Answer<PersoonPseudoniem>> {
  const { reden, ...persoon } = query
  const epochs = hub.keys.link.now()
  const { profile, blockingKeys } = tokensOf(subjectOf({ persoon }), epochs)
  const { blocks, cut } = await hub.index.find(blockingKeys)
  const found = await hub.store.read(async (tx) => {
    const near = await tx.registrations.bySeqs([...new Set([...blocks.values()].flat())])
    const rows = await tx.registrations.byPersons([...new Set(near.flatMap((row) => row.person ?? []))])
    const profiles = await hub.contents.openProfiles(tx, rows, epochs.current)
    const candidates = [...Map.groupBy(rows, (row) => row.person as string)].map(([person, own]) => ({
      person,
      members: own.flatMap((row) => {
        const known = profiles.get(row.seq)
        return known ? [{ id: String(row.seq), profile: known }] : []
      }),
      apart: false,
    }))
    return decideAmong({ id: '0', profile }, candidates, hub.model, cut.size > 0)
  })
  const person = found.outcome === 'linked' ? found.person : null
  const controles = `token,scope,reden:${hub.keys.vault.seal(reden, principal.traceId).toString('base64url')}`
  const line = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'personen', persoon: person, controles })
  await hub.store.writeBeside((tx) => tx.log.append([line], hub.clock.real()))
  if (person === null) throw new HubError('niet-gevonden')
  return { body: { persoon: person }, lines: [] }
}
