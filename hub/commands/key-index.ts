import { loadConfig } from '../config.ts'
import { createLog } from '../edges/log.ts'
import { HubError } from '../errors.ts'
import { openHub } from '../hub.ts'
import type { IndexUpkeep } from '../ports/shared.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

export const command: Command = {
  summary: 'vult de sleutelindex in Redis opnieuw, of controleert hem',
  help: `Voorbeelden:
  verwijsindex index rebuild
  verwijsindex index check

rebuild  vult de sleutelindex opnieuw uit de database; een draaiende hub doet dit zelf zodra Redis iets kwijt is. Schrijft
         {"registraties"}.
check    zoekt elke sleutel van elke registratie op. Schrijft {"registraties","sleutels","ontbreekt","afgekapt"} en eindigt
         met code 1 als er iets ontbreekt of als er geen hele index is.

Vraagt REDIS_URL. Met SQLite neemt het commando de database voor zich alleen; met PostgreSQL mag het naast draaiende hubs.

Opties:
  --json   schrijft het resultaat als JSON; dat doet het altijd`,

  async run(args) {
    const { positionals } = readArguments({ args, options: { json: { type: 'boolean' } }, allowPositionals: true, strict: true })
    const [action = '', ...rest] = positionals
    const work = rest.length === 0 ? ACTIONS[action] : undefined
    if (!work)
      throw new HubError('gebruik', { detail: `Kies uit: index ${Object.keys(ACTIONS).join(', index ')}. Zie \`--help\`.` })
    const config = loadConfig({ demo: true })
    if (!config.redis) throw new HubError('configuratie', { detail: 'REDIS_URL: verplicht voor dit commando.' })
    const { hub, close } = await openHub(config, 'index', createLog(config.logLevel))
    try {
      const { data, isGood } = await work(hub.indexUpkeep as IndexUpkeep)
      process.stdout.write(`${JSON.stringify(data)}\n`)
      return isGood ? EXIT.good : EXIT.findings
    } finally {
      await close()
    }
  },
}

const ACTIONS: Record<string, (upkeep: IndexUpkeep) => Promise<{ data: object; isGood: boolean }>> = {
  async rebuild(upkeep) {
    const registraties = await upkeep.rebuild().catch(away)
    if (registraties === null)
      throw new HubError('tijdelijk-niet-beschikbaar', { detail: 'Een andere hub vult de index, of Redis raakte hem kwijt.' })
    return { data: { registraties }, isGood: true }
  },
  async check(upkeep) {
    const report = await upkeep.check().catch(away)
    if (!report) return { data: { registraties: 0, sleutels: 0, ontbreekt: null, afgekapt: 0 }, isGood: false }
    const { registrations: registraties, keys: sleutels, missing: ontbreekt, cut: afgekapt } = report
    return { data: { registraties, sleutels, ontbreekt, afgekapt }, isGood: ontbreekt === 0 }
  },
}

function away(cause: unknown): never {
  throw new HubError('tijdelijk-niet-beschikbaar', { detail: 'Redis is niet te bereiken.', cause })
}
