import { createHmac, createPrivateKey } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { HubError } from '../../errors.ts'
import type { KeyPrints } from '../../ports/link-keys.ts'
import type { KeptLogKey } from '../../stages/audit/log-key.ts'
import {
  createKeyFile,
  type KeyFile,
  keptLogKeys,
  keyFileIn,
  keyFor,
  linkSecretsIn,
  type Purpose,
  readKeyFile,
  wrappingOf,
} from './key-file.ts'
import type { EpochSecret } from './link-keyring.ts'

/** The region's own secrets, from `KEYS_DIR`; everything else is derived from them. */
export interface RegionKeys {
  /** 32 bytes for one purpose. They stay the same for ever, whatever is rotated. */
  keyFor(purpose: Purpose): Buffer
  /** 32 bytes: wraps the data keys. */
  wrapping: Buffer
  /** What the keys of linking are derived from, as they lie in the file now: oldest first. */
  linkEpochs(): EpochSecret[]
  /** Ed25519, those that sign the checkpoints of the access log, as they lie in the file now: oldest first. */
  logKeys(): KeptLogKey[]
  /** Of the file as it lies now. */
  prints(): KeyPrints
}

/**
 * Reads the region's keys, or makes them on a first start. `storeExists` says that there is a store which these keys must open:
 * then absent keys are an error, not a reason to make new ones. Keys of the demo never serve a real region.
 * Throws `configuratie`.
 */
export function openRegionKeys(dir: string, options: { demo: boolean; storeExists: boolean }): RegionKeys {
  const path = keyFileIn(dir)
  if (!existsSync(path)) {
    if (options.storeExists)
      throw new HubError('configuratie', { detail: `De sleutels ontbreken: er is wel een database, maar geen ${path}.` })
    createKeyFile(dir, options.demo)
  }
  const file = readKeyFile(path)
  if (file.demo && !options.demo)
    throw new HubError('configuratie', { detail: `${path} hoort bij de demo; gebruik voor een echte regio een eigen KEYS_DIR.` })
  if (file.wrappingNext) {
    const detail = 'Een rotatie van de datasleutels is niet afgemaakt; draai `verwijsindex keys rotate datasleutels` nog eens.'
    throw new HubError('configuratie', { detail })
  }
  return {
    keyFor: (purpose) => keyFor(file, purpose),
    wrapping: wrappingOf(file),
    linkEpochs: readAnew(path, secretsIn),
    logKeys: readAnew(path, logKeysIn),
    prints: () => printsOf(readKeyFile(path)),
  }
}

function printsOf(file: KeyFile): KeyPrints {
  const epochs = linkSecretsIn(file)
  const print = (counted: typeof epochs) => printOf(file, counted)
  return { whole: print(epochs), oldest: print(epochs.slice(0, 1)), newest: print(epochs.slice(-1)) }
}

/** Over everything that opens, links and signs. */
function printOf(file: KeyFile, epochs: ReturnType<typeof linkSecretsIn>): string {
  const print = createHmac('sha256', keyFor(file, 'kluis')).update(wrappingOf(file))
  for (const kept of keptLogKeys(file)) print.update('pem' in kept ? kept.pem : kept.publicKey + kept.seal)
  for (const { epoch, secret } of epochs) print.update(`${epoch} ${secret}`)
  return print.digest('hex').slice(0, 32)
}

/** Read anew only when the file was written since. */
function readAnew<T>(path: string, read: (file: KeyFile) => T): () => T {
  let known: { stamp: string; value: T } | undefined
  return () => {
    const stamp = stampOf(path)
    if (known?.stamp !== stamp) known = { stamp, value: read(readKeyFile(path)) }
    return known.value
  }
}

function logKeysIn(file: KeyFile): KeptLogKey[] {
  return keptLogKeys(file).map((kept) =>
    'pem' in kept
      ? { pem: createPrivateKey(kept.pem) }
      : { publicKey: Buffer.from(kept.publicKey, 'base64'), seal: Buffer.from(kept.seal, 'base64') },
  )
}

function secretsIn(file: KeyFile): EpochSecret[] {
  return linkSecretsIn(file).map(({ epoch, secret }) => ({ epoch, secret: Buffer.from(secret, 'base64') }))
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  return found ? `${found.mtimeNs} ${found.size} ${found.ino}` : 'absent'
}
