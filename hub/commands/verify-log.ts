import { writeFileSync } from 'node:fs'
import { loadConfig } from '../config.ts'
import { readState } from '../edges/checkpoint-file.ts'
import { openRegionKeys } from '../edges/keys/region-keys.ts'
import { newestLogKey } from '../edges/log-keyring.ts'
import { proveStored, type StoreReader, verifyStoredLog } from '../edges/store/access-log/stored-log.ts'
import { logReaderOf } from '../edges/store/places.ts'
import { HubError } from '../errors.ts'
import type { LogKey } from '../stages/audit/log-key.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { checkOutput } from './output-file.ts'

export const command: Command = {
  summary: 'rekent het hele toegangslog na',
  help: `Voorbeelden:
  verwijsindex verify-log
  verwijsindex verify-log --entry 4711 --out bewijs.json

Rekent elke regel van het toegangslog na, met de boom, de zegels en alle controlepunten, ook dat in STATE_DIR.
Leest naast een draaiende hub en verandert niets. Gebruik dezelfde DATA_DIR, KEYS_DIR, STATE_DIR en REGION als de hub.

Uitvoer (JSON): {"heel":true,"omvang","wortel"}, of {"heel":false,"eersteFout":{"nummer","reden"}} met exitcode 1;
nummer 0 gaat over het log als geheel.

Opties:
  --entry N    schrijf ook het bewijs van regel N, na te gaan met verify-proof
  --out F      het bestand voor dat bewijs`,

  async run(args) {
    const options = { entry: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } } as const
    const { values } = readArguments({ args, options, strict: true })
    const wanted = readEntry(values.entry, values.out)
    const config = loadConfig({ demo: true })
    const keys = openRegionKeys(config.keysDir, { demo: true, storeExists: true })
    const key = newestLogKey(config.region, keys)
    const readStore = logReaderOf(config)
    const verdict = await verifyStoredLog(readStore, key, () => readState(config.stateDir), { progress: showProgress })
    process.stdout.write(`${JSON.stringify(verdict)}\n`)
    if (!verdict.heel) return EXIT.findings
    if (wanted) await writeProof(readStore, key, wanted)
    return EXIT.good
  },
}

interface WantedProof {
  number: number
  file: string
}

function readEntry(entry: string | undefined, file: string | undefined): WantedProof | undefined {
  if (entry === undefined && file === undefined) return undefined
  if (!/^[1-9]\d{0,14}$/.test(entry ?? '') || !file)
    throw new HubError('gebruik', { detail: 'Geef --entry met een nummer vanaf 1, en --out met een bestand.' })
  checkOutput('--out', file)
  return { number: Number(entry), file }
}

async function writeProof(readStore: StoreReader, key: LogKey, { number, file }: WantedProof): Promise<void> {
  const proof = await proveStored(readStore, key, number).catch((cause) => {
    if (!(cause instanceof HubError && cause.code === 'niet-gevonden')) throw cause
    throw new HubError('gebruik', { detail: `--entry: het log heeft geen regel ${number}.`, cause })
  })
  writeFileSync(file, `${JSON.stringify(proof, null, 2)}\n`)
  process.stderr.write(`Het bewijs van regel ${number} staat in ${file}; de sleutel is ${key.vkey}\n`)
}

function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r${done} van ${total} regels${done >= total ? '\n' : ''}`)
}
