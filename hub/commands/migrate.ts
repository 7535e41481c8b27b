import { type Config, loadConfig } from '../config.ts'
import { openRegionKeys, type RegionKeys } from '../edges/keys/region-keys.ts'
import { newestLogKey } from '../edges/log-keyring.ts'
import { moveRegion } from '../edges/store/move/move-region.ts'
import { bringUpToDate, hasStore, holdStore } from '../edges/store/places.ts'
import { HubError } from '../errors.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

export const command: Command = {
  summary: 'brengt de database op de nieuwste vorm, of een regio naar PostgreSQL',
  help: `Voorbeelden:
  verwijsindex migrate
  DATABASE_URL=postgres://… KEYS_DATABASE_URL=postgres://… verwijsindex migrate --from var/data

Voert uit wat de database nog mist en schrijft {"uitgevoerd":[...]}. Herhalen kan geen kwaad. serve en demo doen dit zelf bij het
starten; dit commando is er om het apart te doen, bijvoorbeeld na een back-up. Neemt de database voor zich alleen.

Opties:
  --from DIR   zet de regio uit deze map (een DATA_DIR, met de datasleutels in KEYS_DIR) over in DATABASE_URL en KEYS_DATABASE_URL, die leeg
               zijn. Afgebroken: draai het nog eens, het gaat verder. Telt elke tabel na en rekent het hele toegangslog na voor het klaar is, en
               schrijft {"tabellen":{...},"sleutels","toegangslog":{"omvang","wortel"}}. De oude bestanden blijven zoals zij waren.`,

  async run(args) {
    const { values } = readArguments({ args, options: { from: { type: 'string' }, json: { type: 'boolean' } }, strict: true })
    const config = loadConfig({ demo: true })
    const hold = await holdStore(config, 'migrate')
    try {
      const done = values.from === undefined ? { uitgevoerd: await upToDate(config) } : await move(config, values.from)
      process.stdout.write(`${JSON.stringify(done)}\n`)
      return EXIT.good
    } finally {
      await hold.release()
    }
  },
}

async function upToDate(config: Config): Promise<string[]> {
  return bringUpToDate(config, async () => (await keysOf(config)).prints())
}

async function move(config: Config, from: string) {
  const { database } = config
  if (!database) throw new HubError('gebruik', { detail: '--from: geef met DATABASE_URL en KEYS_DATABASE_URL aan waarheen.' })
  const secrets = openRegionKeys(config.keysDir, { demo: true, storeExists: true })
  const keys = { prints: secrets.prints(), log: newestLogKey(config.region, secrets) }
  return moveRegion(from, config, database, keys, (table, rows) => process.stderr.write(`${table}: ${rows}\n`))
}

async function keysOf(config: Config): Promise<RegionKeys> {
  return openRegionKeys(config.keysDir, { demo: config.demo, storeExists: await hasStore(config) })
}
