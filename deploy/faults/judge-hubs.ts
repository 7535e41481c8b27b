import { runCommand, type Site } from '../../hub/faults/child-hub.ts'
import { compare, exported } from '../../hub/faults/compare.ts'
import type { Ledger } from '../../hub/faults/ledger.ts'
import type { Databases } from '../engines/databases.ts'

/** What several hubs made of what was sent to them; every count but the first is to be 0. */
export interface Judgement {
  registrations: number
  lost: number
  unexpected: number
  twice: number
  /** Registrations of one person that were not given the same pseudonym. */
  pairsMissed: number
  /** Pseudonyms that stand for several persons. */
  mixed: number
  /** Tellings, matches and disclosures that are there more than once, or not at all. */
  effectsWrong: number
  /** Numbers missing from a receiver's feed. */
  gaps: number
  /** Checkpoints and rows that do not agree, of each hub's own folder. */
  logsBroken: number
}

/** Reads the database once all hubs have stopped. `each`: by how many organisations every person was registered. */
export async function judgeHubs(sites: Site[], { rows, count }: Databases, ledger: Ledger, each: number): Promise<Judgement> {
  const lines = await exported(sites[0] as Site)
  const { lost, unexpected, twice } = await compare(ledger.entries(), lines)
  const personOf = new Map((await rows('select id, person from registration')).map((row) => [row.id, row.person]))
  const pseudonyms = new Map<string, Set<unknown>>()
  const kinds = new Map<unknown, Set<string>>()
  for (const { id, kenmerk } of lines) {
    const person = personOf.get(id)
    pseudonyms.set(kenmerk, (pseudonyms.get(kenmerk) ?? new Set()).add(person))
    kinds.set(person, (kinds.get(person) ?? new Set()).add(kenmerk))
  }
  const extra = <K, V>(sets: Map<K, Set<V>>) => [...sets.values()].reduce((sum, set) => sum + set.size - 1, 0)
  const codes = await Promise.all(sites.map((site) => runCommand(site, ['verify-log'])))
  return {
    registrations: lines.length,
    lost: lost.length,
    unexpected: unexpected.length,
    twice: twice.length,
    pairsMissed: extra(pseudonyms),
    mixed: extra(kinds),
    effectsWrong: await effectsWrong(count, pseudonyms.size, each),
    gaps: Number(
      await count('select coalesce(sum(n), 0) from (select max(number) - count(*) as n from event group by receiver) f'),
    ),
    logsBroken: codes.filter(({ code }) => code !== 0).length,
  }
}

async function effectsWrong(count: Databases['count'], persons: number, each: number): Promise<number> {
  const told = "from event where type = 'nl.verwijsindex.registratie.verwerkt.v1'"
  const findings = await Promise.all([
    count(`select count(*) from (select 1 ${told} group by dataref having count(*) > 1) f`),
    count(`select abs(count(distinct dataref) - ${persons * each}) ${told}`),
    count(`select abs(count(*) - ${persons}) from match where state = 'open' and kind = 'persoon'`),
    count("select count(*) from (select 1 from match where state = 'open' group by subject, kind having count(*) > 1) f"),
    count('select count(*) from (select 1 from match_side group by match, registration having count(*) > 1) f'),
    count(
      `select abs(count(*) - ${persons * each}) from match_side join match on match.id = match_side.match where state = 'open' and kind = 'persoon'`,
    ),
    count("select count(*) from (select 1 from disclosure where state = 'open' group by receiver, match having count(*) > 1) f"),
  ])
  return findings.reduce((sum, each) => sum + Number(each), 0)
}
