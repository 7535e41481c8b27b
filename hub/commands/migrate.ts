import { mkdirSync } from 'node:fs'
import { loadConfig } from '../config.ts'
import { takeLock } from '../edges/store/lock.ts'
import { migrate } from '../edges/store/migrate.ts'
import { openSqlite } from '../edges/store/sqlite.ts'
import { storeFile } from '../edges/store/store-file.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

export const command: Command = {
  summary: 'brengt de database op de nieuwste vorm',
  help: `Voorbeelden:
  verwijsindex migrate

Voert uit wat de database nog mist en schrijft {"uitgevoerd":[...]}. Herhalen kan geen kwaad. serve en demo doen dit zelf bij het
starten; dit commando is er om het apart te doen, bijvoorbeeld na een back-up. Neemt de database voor zich alleen.`,

  async run(args) {
    readArguments({ args, options: { json: { type: 'boolean' } }, strict: true })
    const { dataDir } = loadConfig({ demo: true })
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const lock = takeLock(dataDir, 'migrate')
    try {
      const { db } = openSqlite(storeFile(dataDir))
      const uitgevoerd = await migrate(db)
      await db.destroy()
      process.stdout.write(`${JSON.stringify({ uitgevoerd })}\n`)
      return EXIT.good
    } finally {
      lock.release()
    }
  },
}
