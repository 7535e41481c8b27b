import { loadConfig } from '../config.ts'
import { retireProviderKeys, rotateProviderKey } from '../edges/auth/demo-keys.ts'
import { listKeys } from '../edges/keys/key-list.ts'
import { rotateWrapping } from '../edges/keys/region-keys.ts'
import { takeLock } from '../edges/store/lock.ts'
import { rewrapDataKeys } from '../edges/store/rewrap.ts'
import { HubError } from '../errors.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

export const command: Command = {
  summary: 'laat de sleutels zien, vernieuwt ze en trekt oude in',
  help: `Voorbeelden:
  verwijsindex keys list
  verwijsindex keys rotate datasleutels
  verwijsindex keys rotate identiteitsdienst
  verwijsindex keys retire identiteitsdienst

list     elke sleutel in KEYS_DIR met vingerafdruk, datum en bestandsrechten, nooit de sleutel zelf; eindigt met code 1
         als een ander dan de eigenaar een bestand kan lezen
rotate   datasleutels: een nieuwe sleutel om de datasleutels heen; de verwijsindex staat stil. Afgebroken: draai het nog eens.
         identiteitsdienst: de dienst van de demo tekent met een nieuwe sleutel, de vorige blijft gelden; mag terwijl zij draait.
retire   identiteitsdienst: vorige sleutels gelden niet meer.

Opties:
  --json   schrijft het resultaat als JSON`,

  async run(args) {
    const { values, positionals } = readArguments({
      args,
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    } as const)
    const [action = '', name = '', ...rest] = positionals
    const work = rest.length === 0 ? ACTIONS[`${action} ${name}`.trim()] : undefined
    if (!work)
      throw new HubError('gebruik', { detail: `Kies uit: keys ${Object.keys(ACTIONS).join(', keys ')}. Zie \`--help\`.` })
    const config = loadConfig({ demo: true })
    const { data, text, isGood } = await work(config)
    process.stdout.write(values.json ? `${JSON.stringify(data)}\n` : `${text}\n`)
    return isGood ? EXIT.good : EXIT.findings
  },
}

interface Result {
  data: unknown
  text: string
  isGood: boolean
}

const ACTIONS: Record<string, (config: { keysDir: string; dataDir: string }) => Promise<Result>> = {
  async list({ keysDir }) {
    const sleutels = listKeys(keysDir)
    const lines = sleutels.map(
      ({ naam, vingerafdruk, gewijzigdOp, modus, bestand }) =>
        `${naam.padEnd(30)} ${vingerafdruk}  ${gewijzigdOp.slice(0, 10)}  ${modus}  ${bestand}`,
    )
    const isGood = sleutels.every(({ modus }) => modus === '600' || modus === '400')
    return { data: { sleutels }, text: lines.join('\n') || 'Er zijn nog geen sleutels.', isGood }
  },
  async 'rotate datasleutels'({ keysDir, dataDir }) {
    const lock = takeLock(dataDir, 'keys')
    try {
      const aantal = await rotateWrapping(keysDir, (from, to) => rewrapDataKeys(keysDir, from, to))
      return { data: { datasleutels: aantal }, text: `${aantal} datasleutels liggen nu onder een nieuwe sleutel.`, isGood: true }
    } finally {
      lock.release()
    }
  },
  async 'rotate identiteitsdienst'({ keysDir }) {
    const { kid } = await rotateProviderKey(keysDir)
    return { data: { kid }, text: `De identiteitsdienst van de demo tekent met ${kid}.`, isGood: true }
  },
  async 'retire identiteitsdienst'({ keysDir }) {
    const aantal = await retireProviderKeys(keysDir)
    return { data: { ingetrokken: aantal }, text: `${aantal} eerdere sleutels gelden niet meer.`, isGood: true }
  },
}
