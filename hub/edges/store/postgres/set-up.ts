import { type Kysely, sql } from 'kysely'
import { HubError } from '../../../errors.ts'
import type { KeyPrints } from '../../../ports/link-keys.ts'
import { createKeyTable, type KeyDatabase } from '../data-keys.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import { besidePostgres, hasTable } from './beside.ts'
import { lockFor } from './locks.ts'
import { openPostgres } from './pool.ts'
import type { DatabaseSettings } from './settings.ts'

/** Of these PostgreSQL itself still mends the faults. */
const OLDEST = 140_000
/** Bringing a large region up to date can take its time. */
const SETUP_MS = 3_600_000

/**
 * Makes both databases ready, one process at a time, so that any number may start at once; then lets `also` do what else comes before
 * work. Answers which migrations ran. Throws `configuratie` for a server that does not keep what it confirms, for lost data keys, and for the keys of another region.
 */
export async function setUp(
  settings: DatabaseSettings,
  prints: KeyPrints,
  also: (db: Kysely<Database>, keyDb: Kysely<KeyDatabase>) => Promise<void>,
): Promise<string[]> {
  const options = { ...settings, pool_max: 3, statement_ms: SETUP_MS, command: 'inrichten' }
  const db = openPostgres<Database>(settings.url, options)
  const keyDb = openPostgres<KeyDatabase>(settings.keysUrl, options)
  try {
    await refuseUnfit(db)
    return await db.transaction().execute(async (tx) => {
      await lockFor(tx, 'setup')
      await refuseWithoutKeys(settings)
      await createKeyTable(keyDb)
      const ran = await migrate(db)
      await agreeOnKeys(db, prints)
      await also(db, keyDb)
      return ran
    })
  } finally {
    await Promise.all([db.destroy(), keyDb.destroy()])
  }
}

/** What a server must be for a receipt to mean stored, and text to be text. */
async function refuseUnfit(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ version: string; fsync: string; encoding: string }>`select
    current_setting('server_version_num') as version, current_setting('fsync') as fsync,
    current_setting('server_encoding') as encoding`.execute(db)
  const { version, fsync, encoding } = rows[0] as (typeof rows)[number]
  const faults = [
    ...(Number(version) < OLDEST ? [`PostgreSQL ${version} is te oud; nodig is 14 of nieuwer.`] : []),
    ...(fsync === 'on' ? [] : ['fsync staat uit: na stroomuitval is weg wat bevestigd was.']),
    ...(encoding === 'UTF8' ? [] : [`De database is in ${encoding}; nodig is UTF8.`]),
  ]
  if (faults.length > 0) throw new HubError('configuratie', { detail: `DATABASE_URL: ${faults.join(' ')}` })
}

/** A store without its data keys has lost them, and new ones would only hide that. */
async function refuseWithoutKeys(settings: DatabaseSettings): Promise<void> {
  const [hasStore, hasKeys] = await Promise.all([
    hasTable(settings.url, settings, 'registration'),
    hasTable(settings.keysUrl, settings, 'data_key'),
  ])
  if (hasStore && !hasKeys)
    throw new HubError('configuratie', {
      detail: 'De datasleutels ontbreken: er is wel een database, maar in KEYS_DATABASE_URL ligt geen sleutel.',
    })
}

const PRINT = 'sleutels.afdruk'

/** The region's keys are these from now on: the wrapping of the data keys was renewed, or an epoch of the linking keys retired. */
export async function adoptKeys(settings: DatabaseSettings, { whole }: KeyPrints): Promise<void> {
  await besidePostgres<Database, unknown>(settings.url, settings, (db) =>
    db.updateTable('hub_state').set({ value: whole }).where('name', '=', PRINT).execute(),
  )
}

/** Throws `configuratie` when the region's keys are others. */
export async function refuseOtherKeys(settings: DatabaseSettings, prints: KeyPrints): Promise<void> {
  await besidePostgres<Database, unknown>(settings.url, settings, (db) => judgeKeys(db, prints))
}

/**
 * The first hub's keys are the region's, and so is the first epoch that one of them adds for linking. A hub with others could open nothing, and would
 * link nothing to what is there. Throws `configuratie`.
 */
export async function agreeOnKeys(db: Kysely<Database>, prints: KeyPrints): Promise<void> {
  const { whole, oldest } = prints
  const row = db.insertInto('hub_state').values({ name: PRINT, value: whole })
  await row.onConflict((conflict) => conflict.doNothing()).execute()
  await db.updateTable('hub_state').set({ value: whole }).where('name', '=', PRINT).where('value', '=', oldest).execute()
  await judgeKeys(db, prints)
}

async function judgeKeys(db: Kysely<Database>, { whole, newest }: KeyPrints): Promise<void> {
  const kept = await db.selectFrom('hub_state').select('value').where('name', '=', PRINT).executeTakeFirstOrThrow()
  if (kept.value !== whole && kept.value !== newest)
    throw new HubError('configuratie', {
      detail: 'De sleutels in KEYS_DIR zijn niet die van deze database; geef elke hub hetzelfde regio.json.',
    })
}
