import { existsSync } from 'node:fs'
import { type Config, loadConfig } from '../config.ts'
import { retireProviderKeys, rotateProviderKey } from '../edges/auth/demo-keys.ts'
import { retireScreenKeys, rotateScreenKey } from '../edges/auth/screen-key.ts'
import { keyFileIn } from '../edges/keys/key-file.ts'
import { listKeys } from '../edges/keys/key-list.ts'
import { openRegionKeys, type RegionKeys } from '../edges/keys/region-keys.ts'
import { addLinkEpoch, addLogKey, dropLinkEpochs, linkEpochsOf, retireLogKeys, rotateWrapping } from '../edges/keys/rotate.ts'
import { newestLogKey } from '../edges/log-keyring.ts'
import { logKeyBeside } from '../edges/store/access-log/stored-log.ts'
import { countKeyEpochs } from '../edges/store/key-epochs-beside.ts'
import { hasStore, holdStore, logReaderOf } from '../edges/store/places.ts'
import { adoptKeys, refuseOtherKeys } from '../edges/store/postgres/set-up.ts'
import { rewrapDataKeys } from '../edges/store/rewrap.ts'
import { HubError } from '../errors.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

export const command: Command = {
  summary: 'laat de sleutels zien, vernieuwt ze en trekt oude in',
  help: `Voorbeelden:
  verwijsindex keys list
  verwijsindex keys rotate datasleutels
  verwijsindex keys rotate koppeling
  verwijsindex keys retire koppeling
  verwijsindex keys rotate logboek
  verwijsindex keys retire logboek
  verwijsindex keys rotate scherm
  verwijsindex keys retire scherm
  verwijsindex keys rotate identiteitsdienst
  verwijsindex keys retire identiteitsdienst

list     elke sleutel in KEYS_DIR met vingerafdruk, datum en bestandsrechten, nooit de sleutel zelf, en hoe ver een rotatie van de
         koppelsleutels is; eindigt met code 1 als een ander dan de eigenaar een bestand kan lezen
rotate   datasleutels: een nieuwe sleutel om de datasleutels heen; de verwijsindex staat stil. Afgebroken: draai het nog eens.
         koppeling: een nieuw tijdvak van koppelsleutels; een draaiende verwijsindex gaat er vanzelf naar over en blijft vinden.
         logboek: een nieuwe sleutel voor het toegangslog; een draaiende verwijsindex gaat er binnen enkele seconden op over, met een
         regel in het log zelf. Tot het intrekken tekenen beide sleutels elk controlepunt.
         scherm: een nieuwe sleutel van de schermen bij de identiteitsdienst; toont het openbare deel, dat u daar opgeeft. Tot het
         intrekken gelden beide; wie is ingelogd blijft dat.
         identiteitsdienst: de dienst van de demo tekent met een nieuwe sleutel, de vorige blijft gelden; mag terwijl zij draait.
retire   koppeling: vernietigt de sleutels van het vorige tijdvak, als er niets meer onder staat; anders code 1.
         logboek: vernietigt de vorige tekensleutel, als het log op de nieuwe is overgegaan; anders code 1.
         scherm: vernietigt de vorige sleutel; doe dit als de identiteitsdienst de nieuwe kent.
         identiteitsdienst: vorige sleutels gelden niet meer.

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

const ACTIONS: Record<string, (config: Config) => Promise<Result>> = {
  async list(config) {
    const { keysDir } = config
    const sleutels = listKeys(keysDir)
    const lines = sleutels.map(
      ({ naam, vingerafdruk, gewijzigdOp, modus, bestand }) =>
        `${naam.padEnd(30)} ${vingerafdruk}  ${gewijzigdOp.slice(0, 10)}  ${modus}  ${bestand}`,
    )
    const isGood = sleutels.every(({ modus }) => modus === '600' || modus === '400')
    const koppeling = await linkProgress(config)
    if (koppeling) lines.push('', textOf(koppeling))
    const logboek = await logProgress(config)
    if (logboek) lines.push('', logboek.overgegaan ? `Het toegangslog staat onder ${logboek.sleutel}.` : NOT_OVER)
    const data = { sleutels, ...(koppeling ? { koppeling } : {}), ...(logboek ? { logboek } : {}) }
    return { data, text: lines.join('\n') || 'Er zijn nog geen sleutels.', isGood }
  },
  async 'rotate datasleutels'(config) {
    const hold = await holdStore(config, 'keys')
    try {
      const aantal = await rotateWrapping(config.keysDir, (from, to) => rewrapDataKeys(config, from, to))
      await tellStore(config)
      return { data: { datasleutels: aantal }, text: `${aantal} datasleutels liggen nu onder een nieuwe sleutel.`, isGood: true }
    } finally {
      await hold.release()
    }
  },
  async 'rotate koppeling'(config) {
    const tijdvak = addLinkEpoch(config.keysDir, new Date())
    const text = `Tijdvak ${tijdvak} van de koppelsleutels begint; de verwijsindex zet alles over. Hoe ver: verwijsindex keys list.`
    return { data: { tijdvak }, text, isGood: true }
  },
  async 'retire koppeling'(config) {
    const progress = await linkProgress(config)
    if (progress && progress.oud + progress.beide > 0)
      return { data: { koppeling: progress }, text: textOf(progress), isGood: false }
    await refuseStrangers(config)
    const ingetrokken = await changeKeys(config, false, () => dropLinkEpochs(config.keysDir))
    return { data: { ingetrokken }, text: `${ingetrokken.length} eerdere tijdvakken zijn vernietigd.`, isGood: true }
  },
  async 'rotate logboek'(config) {
    await changeKeys(config, true, () => addLogKey(config.keysDir))
    const { vkey } = newestLogKey(config.region, regionKeysOf(config))
    return {
      data: { sleutel: vkey },
      text: `Het toegangslog gaat over op ${vkey}. Geef die sleutel aan wie het log nagaat.`,
      isGood: true,
    }
  },
  async 'retire logboek'(config) {
    const logboek = await logProgress(config)
    if (!logboek?.overgegaan) return { data: { logboek }, text: NOT_OVER, isGood: false }
    const ingetrokken = await changeKeys(config, false, () => retireLogKeys(config.keysDir))
    return { data: { ingetrokken }, text: `${ingetrokken} eerdere sleutels van het toegangslog zijn vernietigd.`, isGood: true }
  },
  async 'rotate scherm'({ keysDir }) {
    const jwk = await rotateScreenKey(keysDir)
    const text = `Geef deze sleutel op bij de identiteitsdienst, naast de vorige:\n${JSON.stringify(jwk)}`
    return { data: { sleutel: jwk }, text, isGood: true }
  },
  async 'retire scherm'({ keysDir }) {
    const ingetrokken = retireScreenKeys(keysDir)
    return { data: { ingetrokken }, text: `${ingetrokken} eerdere sleutels van de schermen zijn vernietigd.`, isGood: true }
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

/** Changes keys and tells a store of several hubs; with `isAlone` no hub may be at work there. */
async function changeKeys<T>(config: Config, isAlone: boolean, change: () => T): Promise<T> {
  const hold = config.database && isAlone ? await holdStore(config, 'keys') : null
  try {
    const changed = change()
    await tellStore(config)
    return changed
  } finally {
    await hold?.release()
  }
}

/** Tells a store of several hubs, so that none starts with other keys. */
async function tellStore({ database, keysDir }: Config): Promise<void> {
  if (database) await adoptKeys(database, regionKeysOf({ keysDir }).prints())
}

const NOT_OVER = 'Het toegangslog is nog niet overgegaan op de nieuwste sleutel; een draaiende verwijsindex doet dat vanzelf.'

/** Whether the access log stands under the newest of its keys (C2SP vkey); null when there is no log yet. */
async function logProgress(config: Config): Promise<{ sleutel: string; overgegaan: boolean } | null> {
  if (!(await hasStore(config)) || !existsSync(keyFileIn(config.keysDir))) return null
  const newest = newestLogKey(config.region, regionKeysOf(config))
  return { sleutel: newest.vkey, overgegaan: (await logKeyBeside(logReaderOf(config), newest)) === newest }
}

function regionKeysOf({ keysDir }: Pick<Config, 'keysDir'>): RegionKeys {
  return openRegionKeys(keysDir, { demo: true, storeExists: true })
}

/** Keys that are not those of the store retire nothing in it. */
async function refuseStrangers(config: Config): Promise<void> {
  const { database, keysDir } = config
  if (database && (await hasStore(config))) await refuseOtherKeys(database, regionKeysOf({ keysDir }).prints())
}

/** How far a rotation of the linking keys is: registrations under the old epoch only, under both, and under the new one only. */
interface LinkProgress {
  van: string
  naar: string
  oud: number
  beide: number
  nieuw: number
}

/** Null when there is one epoch: nothing is under way. */
async function linkProgress(config: Config): Promise<LinkProgress | null> {
  const [van, naar] = linkEpochsOf(config.keysDir)
  if (van === undefined || naar === undefined) return null
  const counts = [...(await countKeyEpochs(config))].map(([name, count]) => ({ epochs: name.split(' '), count }))
  const sum = (fits: (epochs: string[]) => boolean) =>
    counts.reduce((total, { epochs, count }) => total + (fits(epochs) ? count : 0), 0)
  return {
    van,
    naar,
    oud: sum((epochs) => !epochs.includes(naar)),
    beide: sum((epochs) => epochs.includes(naar) && epochs.length > 1),
    nieuw: sum((epochs) => epochs.length === 1 && epochs[0] === naar),
  }
}

function textOf({ van, naar, oud, beide, nieuw }: LinkProgress): string {
  const isDone = oud + beide === 0
  const rest = isDone
    ? `tijdvak ${van} kan weg: verwijsindex keys retire koppeling`
    : 'een draaiende verwijsindex gaat ermee door'
  return `Koppelsleutels van tijdvak ${van} naar ${naar}: ${oud} registraties alleen onder ${van}, ${beide} onder beide, ${nieuw} alleen onder ${naar}; ${rest}.`
}
