import { runCommand, type Site } from '../../hub/faults/child-hub.ts'
import { compare, type ExportLine, exportedLines } from '../../hub/faults/compare.ts'
import type { Ledger } from '../../hub/faults/ledger.ts'
import type { Databases } from '../engines/databases.ts'

/** What several hubs made of what was sent to them; every count is to be 0. */
export interface Judgement {
  lost: number
  unexpected: number
  twice: number
  otherId: number
  /** Registrations of one person that were not given the same pseudonym. */
  pairsMissed: number
  /** Pseudonyms that stand for several persons. */
  mixed: number
  /** Tellings, matches, disclosures, deliveries and lines of the access log that are there more than once, or not at all. */
  effectsWrong: number
  /** Numbers missing from a receiver's feed. */
  gaps: number
  /** Checkpoints and rows that do not agree, of each hub's own folder. */
  logsBroken: number
  /** Answers that there should not have been. */
  refused: string[]
}

/** The event whose deliveries are judged: one of each registration of whoever subscribed. */
export const PROCESSED = 'nl.verwijsindex.registratie.verwerkt.v1'

const PAGE_ROWS = 50_000

/** What was sent and heard outside the hubs. */
interface Outside {
  ledger: Ledger
  /** By how many organisations every person was registered. */
  each: number
  /** Ids of the messages that a receiver got. */
  delivered: Set<string>
}

/** Reads the database once all hubs have stopped. */
export async function judgeHubs(sites: Site[], databases: Databases, { ledger, each, delivered }: Outside): Promise<Judgement> {
  const { count } = databases
  const persons = await personsById(databases)
  const names = { pseudonyms: new Pairs(), kinds: new Pairs() }
  const watched = async function* (lines: AsyncIterable<ExportLine>) {
    for await (const line of lines) {
      names.pseudonyms.add(line.kenmerk, persons.get(line.id))
      names.kinds.add(persons.get(line.id), line.kenmerk)
      yield line
    }
  }
  const { lost, unexpected, twice, otherId } = await compare(ledger.entries(), watched(exportedLines(sites[0] as Site)))
  const codes = await Promise.all(sites.map((site) => runCommand(site, ['verify-log'])))
  return {
    ...{ lost: lost.length, unexpected: unexpected.length, twice: twice.length, otherId: otherId.length },
    pairsMissed: names.pseudonyms.more,
    mixed: names.kinds.more,
    effectsWrong: (await effectsWrong(count, names.pseudonyms.size, each)) + (await deliveriesWrong(databases, delivered)),
    gaps: await count('select coalesce(sum(n), 0) from (select max(number) - count(*) as n from event group by receiver) f'),
    logsBroken: codes.filter(({ code }) => code !== 0).length,
    refused: [],
  }
}

/** A page at a time: a million rows are too much for one answer. */
async function personsById({ rows }: Databases): Promise<Map<string, string>> {
  const persons = new Map<string, string>()
  for (let after = 0; ; ) {
    const page = await rows(`select seq, id, person from registration where seq > ${after} order by seq limit ${PAGE_ROWS}`)
    for (const { id, person } of page) persons.set(String(id), String(person))
    if (page.length === 0) return persons
    after = Number(page.at(-1)?.seq)
  }
}

/** Counts with how many others one goes together, beyond the first. */
class Pairs {
  more = 0
  #first = new Map<unknown, unknown>()
  #others = new Map<unknown, Set<unknown>>()

  get size(): number {
    return this.#first.size
  }

  add(one: unknown, other: unknown): void {
    if (!this.#first.has(one)) this.#first.set(one, other)
    if (this.#first.get(one) === other) return
    const others = this.#others.get(one) ?? new Set()
    if (others.has(other)) return
    this.#others.set(one, others.add(other))
    this.more++
  }
}

async function effectsWrong(count: Databases['count'], persons: number, each: number): Promise<number> {
  const told = `from event where type = '${PROCESSED}'`
  const twice = (from: string) => count(`select count(*) from (select 1 from ${from} having count(*) > 1) f`)
  const findings = await Promise.all([
    count(`select count(*) from (select 1 ${told} group by dataref having count(*) > 1) f`),
    count(`select abs(count(distinct dataref) - ${persons * each}) ${told}`),
    count(`select abs(count(*) - ${persons}) from match where state = 'open' and kind = 'persoon'`),
    twice("match where state = 'open' group by subject, kind"),
    twice('match_side group by match, registration'),
    count(
      `select abs(count(*) - ${persons * each}) from match_side join match on match.id = match_side.match where state = 'open' and kind = 'persoon'`,
    ),
    twice("disclosure where state = 'open' group by receiver, match"),
    twice("access_log where actie = 'aanmaken' and object like 'r\\_%' group by object"),
    twice("access_log where controles = 'webhook,geleverd' group by object"),
  ])
  return findings.reduce((sum, each) => sum + each, 0)
}

/** Messages that are in the store as delivered and were not heard, or the other way round; and what was not delivered. */
async function deliveriesWrong({ rows, count }: Databases, delivered: Set<string>): Promise<number> {
  const made = await rows('select event.id from delivery join event on event.seq = delivery.event')
  const unheard = made.filter(({ id }) => !delivered.has(String(id))).length
  const unknown = delivered.size - (made.length - unheard)
  return unheard + unknown + (await count("select count(*) from delivery where state <> 'geleverd'"))
}
