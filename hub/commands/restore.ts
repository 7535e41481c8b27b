import { loadConfig } from '../config.ts'
import { readCheckpoint, writeCheckpoint } from '../edges/checkpoint-file.ts'
import { openRegionKeys } from '../edges/keys/region-keys.ts'
import { createLog } from '../edges/log.ts'
import { newestLogKey } from '../edges/log-keyring.ts'
import { storeIn, verifyStoredLog } from '../edges/store/access-log/stored-log.ts'
import { replaceStore } from '../edges/store/copy-store.ts'
import { holdStore } from '../edges/store/places.ts'
import { storeExists, storeFile } from '../edges/store/store-file.ts'
import { HubError } from '../errors.ts'
import { finishErasures } from '../flows/erase.ts'
import { openHub } from '../hub.ts'
import { hubLine } from '../stages/audit/line-of.ts'
import { signCheckpoint } from '../stages/audit/log-key.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

export const command: Command = {
  summary: 'zet een back-up terug',
  help: `Voorbeelden:
  verwijsindex restore /backup/2026-11-22

Zet de database uit een map van \`verwijsindex backup\` in DATA_DIR of DATABASE_URL. Het toegangslog van de back-up moet heel zijn en bij de sleutels
in KEYS_DIR horen. Een ondertekende logregel noemt beide controlepunten: dat van nu en dat van de back-up. Wat sinds de back-up is
gewist staat op de wislijst in STATE_DIR en wordt meteen weer gewist, ook als een oudere KEYS_DIR is teruggezet. Neemt de database voor zich alleen.`,

  async run(args) {
    const { positionals } = readArguments({ args, options: { json: { type: 'boolean' } }, strict: true, allowPositionals: true })
    const [dir, ...more] = positionals
    if (!dir || more.length > 0) throw new HubError('gebruik', { detail: 'Geef één map. Zie `--help`.' })
    if (!storeExists(dir)) throw new HubError('gebruik', { detail: `In ${dir} ligt geen back-up van een database.` })
    const config = loadConfig({ demo: true })
    const keys = openRegionKeys(config.keysDir, { demo: config.demo, storeExists: true })
    const key = newestLogKey(config.region, keys)
    const verdict = await verifyStoredLog(storeIn(storeFile(dir)), key, async () => ({ note: null, earlier: [] }), {
      endsUnder: 0,
    })
    if (!verdict.heel)
      throw new HubError('configuratie', {
        detail: `Het toegangslog van de back-up is niet heel (regel ${verdict.eersteFout.nummer}).`,
      })
    const before = await readCheckpoint(config.stateDir)
    const hold = await holdStore(config, 'restore')
    try {
      await replaceStore(config, storeFile(dir), keys.prints())
      await writeCheckpoint(config.stateDir, signCheckpoint(key, verdict.omvang, Buffer.from(verdict.wortel, 'hex')))
    } finally {
      await hold.release()
    }
    const van = summary(before)
    const naar = `${verdict.omvang}/${Buffer.from(verdict.wortel, 'hex').toString('base64')}`
    // Without Redis: what lies there is of another time than the copy.
    const { hub, close } = await openHub({ ...config, redis: null }, 'restore', createLog(config.logLevel))
    const facts = {
      actie: 'beheren',
      uitkomst: 'toegestaan',
      herkomst: 'commando',
      object: 'restore',
      controles: `van ${van} naar ${naar}`,
    } as const
    await hub.store.write((tx) => tx.log.append([hubLine(facts)], hub.clock.real()))
    const gewist = await finishErasures(hub)
    await close()
    process.stdout.write(`${JSON.stringify({ van, naar, gewist })}\n`)
    return EXIT.good
  },
}

/** Size and root of a checkpoint, as its lines have them. */
function summary(note: string | null): string {
  const [, size, root] = note?.split('\n') ?? []
  return size && root ? `${size}/${root}` : 'geen'
}
