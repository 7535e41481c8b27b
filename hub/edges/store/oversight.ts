import { type ExpressionBuilder, type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Oversight, Period } from '../../ports/oversight.ts'
import type { Database } from './database.ts'

const CASES_MAX = 1000

type Lines = SelectQueryBuilder<Database, 'access_log', object>

/** The officer's questions; all but the overrides are over the access log alone. */
export function oversightRoom(db: Kysely<Database>): Oversight {
  return {
    looksWithoutTask: (period, least) =>
      byViewer(looks(db, period))
        .select((e) => [count(e), persons(e)])
        .where('rol', 'in', ['organisatie', 'coordinatiepunt'])
        .where(withoutTask)
        .having((e) => e.fn.countAll(), '>=', least)
        .execute(),
    personsPerHour: (period, more) =>
      byViewer(looks(db, period))
        .select((e) => [hour.as('hour'), persons(e)])
        .groupBy(hour)
        .having((e) => e.fn.count('persoon').distinct(), '>', more)
        .execute(),
    looksPerHour: (period) =>
      byViewer(looks(db, period))
        .select((e) => [hour.as('hour'), count(e)])
        .groupBy(hour)
        .execute(),
    unreviewed: (before) =>
      db
        .selectFrom('override')
        .select(['id', 'organisation', 'startsAt'])
        .where('reviewedAt', 'is', null)
        .where('startsAt', '<', before)
        .orderBy('startsAt')
        .limit(CASES_MAX)
        .execute(),
    refusals: (period, least) =>
      within(db, period)
        .where('uitkomst', '=', 'geweigerd')
        .select((e) => ['client', e.fn.countAll<number>().as('count')])
        .groupBy('client')
        .having((e) => e.fn.countAll(), '>=', least)
        .execute(),
    counts: (period) =>
      within(db, period)
        .select((e) => ['actie as action', 'uitkomst as outcome', e.fn.countAll<number>().as('count')])
        .groupBy(['actie', 'uitkomst'])
        .execute(),
    ...seenRoom(db),
  }
}

/** Who looked at whom, for those whom it concerns. */
function seenRoom(db: Kysely<Database>): Pick<Oversight, 'looksAt' | 'looksThrough' | 'matchLooks'> {
  return {
    looksAt: (ids, period, limit) =>
      looks(db, period)
        .where('persoon', 'in', ids)
        .select((e) => [
          day.as('day'),
          'organisatie as organisation',
          'actie as action',
          'reglement as policy',
          'regel as rule',
          count(e),
        ])
        .groupBy([day, 'organisatie', 'actie', 'reglement', 'regel'])
        .orderBy(day, 'desc')
        .limit(limit)
        .execute(),
    looksThrough: (ids, through, limit) =>
      looks(db)
        .where('persoon', 'in', ids)
        .where('actie', '=', 'lezen')
        .where((e) => e.or(through.map(({ organisation, match }) => e.and({ organisatie: organisation, object: match }))))
        .select((e) => [day.as('day'), 'organisatie as organisation', count(e)])
        .select(['actie as action', sql<null>`null`.as('policy'), sql<null>`null`.as('rule')])
        .groupBy([day, 'organisatie', 'actie'])
        .orderBy(day, 'desc')
        .limit(limit)
        .execute(),
    async matchLooks(from, to) {
      const rows = await looks(db)
        .where('number', '>', from)
        .where('number', '<=', to)
        .where('actie', '=', 'lezen')
        .where(sql<string>`substr(object, 1, 2)`, '=', 'm_')
        .select(['organisatie as organisation', 'object as match'])
        .distinct()
        .execute()
      return rows.flatMap(({ organisation, match }) => (organisation && match ? [{ organisation, match }] : []))
    },
  }
}

const hour = sql<string>`substr(tijdstip, 1, 13)`
const day = sql<string>`substr(tijdstip, 1, 10)`

function within(db: Kysely<Database>, { from, until }: Period): Lines {
  return db.selectFrom('access_log').where('tijdstip', '>=', from).where('tijdstip', '<', until)
}

/** Without a period the index of times takes no part. */
function looks(db: Kysely<Database>, period?: Period): Lines {
  return (period ? within(db, period) : db.selectFrom('access_log'))
    .where('persoon', 'is not', null)
    .where('uitkomst', '=', 'toegestaan')
    .where('actie', 'in', ['lezen', 'zoeken', 'exporteren'])
    .where('client', '<>', 'hub')
    .where((e) => e.or([e('object', 'is', null), e(sql<string>`substr(object, 1, 2)`, '<>', 'r_')]))
}

function byViewer(lines: Lines) {
  return lines
    .select(['gebruiker as user', 'client', 'organisatie as organisation'])
    .groupBy(['gebruiker', 'client', 'organisatie'])
    .orderBy('client')
    .limit(CASES_MAX)
}

type Line = ExpressionBuilder<Database, 'access_log'>

const count = (e: Line) => e.fn.countAll<number>().as('looks')
const persons = (e: Line) => e.fn.count<number>('persoon').distinct().as('persons')

/** Of a person who is still registered somewhere: the line's organisation has no registration, was told no match and got no request. */
const withoutTask = sql<boolean>`access_log.persoon in (${registered()})
  and access_log.persoon not in (${registered(sql`where registration.organisation = access_log.organisatie`)})
  and access_log.persoon not in (${registered(sql`join match_side on match_side.registration = registration.seq
    join disclosure on disclosure."match" = match_side."match" where disclosure.receiver = access_log.organisatie`)})
  and access_log.persoon not in (${registered(sql`join request on request.registration = registration.seq
    where request.receiver = access_log.organisatie`)})`

/** The pseudonyms of persons with a registration, those that were merged into another included. */
function registered(rest: RawBuilder<unknown> = sql``) {
  return sql`select person.id from registration join person on person.id = registration.person or person.redirect = registration.person ${rest}`
}
