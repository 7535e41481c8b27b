import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { HubError } from '../../errors.ts'
import * as start from './migrations/0001-start.ts'
import * as accessLog from './migrations/0002-access-log.ts'
import * as toldFollowUps from './migrations/0003-told-follow-ups.ts'
import * as retention from './migrations/0004-retention.ts'
import * as dossier from './migrations/0005-dossier.ts'
import * as trace from './migrations/0006-trace.ts'
import * as replies from './migrations/0007-replies.ts'
import * as contentsApart from './migrations/0008-contents-apart.ts'
import * as coordination from './migrations/0009-coordination.ts'
import * as reviewExplanation from './migrations/0010-review-explanation.ts'
import * as severalHubs from './migrations/0011-several-hubs.ts'
import * as keyEpochs from './migrations/0012-key-epochs.ts'
import * as lifeEvents from './migrations/0013-life-events.ts'
import * as numbersOnce from './migrations/0014-numbers-once.ts'
import * as foundInMemory from './migrations/0015-found-in-memory.ts'

/** Numbered, in order; a migration that has run on any region's database is never edited again. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-start': start,
  '0002-access-log': accessLog,
  '0003-told-follow-ups': toldFollowUps,
  '0004-retention': retention,
  '0005-dossier': dossier,
  '0006-trace': trace,
  '0007-replies': replies,
  '0008-contents-apart': contentsApart,
  '0009-coordination': coordination,
  '0010-review-explanation': reviewExplanation,
  '0011-several-hubs': severalHubs,
  '0012-key-epochs': keyEpochs,
  '0013-life-events': lifeEvents,
  '0014-numbers-once': numbersOnce,
  '0015-found-in-memory': foundInMemory,
}

/** Brings a database to the newest schema, or to that of the migration named; answers the names of those that ran now. Safe to repeat. */
// biome-ignore lint/suspicious/noExplicitAny: a migration knows no final schema (Kysely's own convention)
export async function migrate(db: Kysely<any>, until?: string): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error, results } = await (until === undefined ? migrator.migrateToLatest() : migrator.migrateTo(until))
  if (error) throw new HubError('configuratie', { detail: 'De database kon niet worden bijgewerkt.', cause: error })
  return (results ?? []).map((result) => result.migrationName)
}
