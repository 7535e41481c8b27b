import { loadConfig } from '../config.ts'
import { createLog } from '../edges/log.ts'
import { HubError } from '../errors.ts'
import { adoptPolicy } from '../flows/policy-change.ts'
import { openHub } from '../hub.ts'
import { processWaiting } from '../pipeline.ts'
import { addDays, dayOf, isDay, startOfDay } from '../stages/calendar.ts'
import { sweep } from '../sweep.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

const BATCH = 200

export const command: Command = {
  summary: 'laat de kalender een dag draaien',
  help: `Voorbeelden:
  verwijsindex sweep
  verwijsindex sweep --date 2026-12-01

Legt elke open match opnieuw voor aan het reglement, meldt verstreken termijnen en ruimt datasleutels zonder registratie op; een
draaiende hub doet dit elke dag zelf. Twee keer dezelfde dag doet niets dubbel. Neemt de database voor zich alleen.

Opties:
  --date JJJJ-MM-DD   de dag waarvoor; zonder: vandaag. Een dag in de toekomst kan alleen in de demo.`,

  async run(args) {
    const { values } = readArguments({ args, options: { date: { type: 'string' }, json: { type: 'boolean' } }, strict: true })
    const config = loadConfig({ demo: true })
    const at = values.date === undefined ? (config.clock ?? new Date()) : momentOf(values.date, config.demo)
    const { hub, close } = await openHub({ ...config, clock: at }, 'sweep', createLog(config.logLevel))
    try {
      await adoptPolicy(hub)
      while ((await processWaiting(hub, BATCH)) > 0);
      process.stdout.write(`${JSON.stringify(await sweep(hub, at))}\n`)
      return EXIT.good
    } finally {
      await close()
    }
  },
}

/** The first moment of the next day less a second: whatever happens on the day has happened. */
function momentOf(day: string, isDemo: boolean): Date {
  if (!isDay(day)) throw new HubError('gebruik', { detail: '--date: geef een bestaande dag, jjjj-mm-dd.' })
  if (!isDemo && day > dayOf(new Date()))
    throw new HubError('gebruik', { detail: '--date: een dag in de toekomst kan alleen in de demo.' })
  return new Date(startOfDay(addDays(day, 1)).getTime() - 1000)
}
