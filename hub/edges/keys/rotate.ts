import { createPrivateKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { HubError } from '../../errors.ts'
import { retiredPart } from '../../stages/audit/log-key.ts'
import {
  type KeptKey,
  type KeyFile,
  keyFileIn,
  keyFor,
  linkSecretsIn,
  newLogKey,
  newSecret,
  PURPOSES,
  REST,
  readKeyFile,
  replaceKeyFile,
  wrappingOf,
} from './key-file.ts'

/**
 * Gives the data keys a new wrapping key: writes it beside the present one, lets `rewrap` go from the one to the other, and then forgets the old one. Cut off
 * half-way, it goes on with the same new key the next time, and nothing else starts in between.
 */
export async function rotateWrapping(dir: string, rewrap: (from: Buffer, to: Buffer) => Promise<number>): Promise<number> {
  const path = keyFileIn(dir)
  const { wrappingNext, ...file } = readKeyFile(path)
  const next = wrappingNext ?? newSecret()
  replaceKeyFile(path, { ...file, wrappingNext: next })
  const count = await rewrap(wrappingOf(file), Buffer.from(next, 'base64'))
  replaceKeyFile(path, { ...file, wrapping: next })
  return count
}

/** Adds an epoch of linking keys, to which a hub goes over by itself; answers its name. Throws `configuratie` when two are there already. */
export function addLinkEpoch(dir: string, now: Date): string {
  const path = keyFileIn(dir)
  const file = readKeyFile(path)
  const names = linkEpochNames(file)
  if (names.length > 1) {
    const detail = `Tijdvak ${names[0]} is nog niet ingetrokken; eerst: verwijsindex keys retire koppeling.`
    throw new HubError('configuratie', { detail })
  }
  const epoch = String(Number(names.at(-1)) + 1)
  replaceKeyFile(path, { ...file, linking: [...(file.linking ?? []), { epoch, secret: newSecret(), since: now.toISOString() }] })
  return epoch
}

/** Destroys the keys of every epoch of linking but the newest; answers which. Whoever calls it knows that nothing is under them any more. */
export function dropLinkEpochs(dir: string): string[] {
  const path = keyFileIn(dir)
  const { secret, ...file } = readKeyFile(path)
  const names = linkEpochNames({ ...file, ...(secret ? { secret } : {}) })
  if (names.length < 2) return []
  const linking = (file.linking ?? []).slice(-1)
  replaceKeyFile(path, { ...file, ...(secret ? withoutSecret({ ...file, secret }) : {}), linking })
  return names.slice(0, -1)
}

/** Adds a key of the access log, to which a hub lets the log go over by itself. Throws `configuratie` when one of before was not retired yet. */
export function addLogKey(dir: string): void {
  const path = keyFileIn(dir)
  const { logKey, logKeysBefore = [], ...file } = readKeyFile(path)
  if (logKeysBefore.some((kept) => 'pem' in kept)) {
    const detail = 'De vorige sleutel van het toegangslog is nog niet ingetrokken; eerst: verwijsindex keys retire logboek.'
    throw new HubError('configuratie', { detail })
  }
  replaceKeyFile(path, { ...file, logKey: newLogKey(), logKeysBefore: [...logKeysBefore, { pem: logKey }] })
}

/** Destroys the former keys of the access log, but for what holds their seals; answers how many. Whoever calls it knows that the log went over. */
export function retireLogKeys(dir: string): number {
  const path = keyFileIn(dir)
  const { logKeysBefore = [], ...file } = readKeyFile(path)
  const count = logKeysBefore.filter((kept) => 'pem' in kept).length
  if (count > 0) replaceKeyFile(path, { ...file, logKeysBefore: logKeysBefore.map(retired) })
  return count
}

function retired(kept: KeptKey): KeptKey {
  if (!('pem' in kept)) return kept
  const { publicKey, seal } = retiredPart(createPrivateKey(kept.pem))
  return { publicKey: publicKey.toString('base64'), seal: seal.toString('base64') }
}

/** The epochs of linking in the key file of a folder, oldest first; none where there is no file. */
export function linkEpochsOf(dir: string): string[] {
  const path = keyFileIn(dir)
  return existsSync(path) ? linkEpochNames(readKeyFile(path)) : []
}

function linkEpochNames(file: KeyFile): string[] {
  return linkSecretsIn(file).map(({ epoch }) => epoch)
}

/** What the secret was good for, apart from linking: from these the secret cannot be had back (HKDF). */
function withoutSecret(file: KeyFile): Pick<KeyFile, 'derived' | 'wrapping'> {
  const names = [...PURPOSES, REST] as const
  const derived = Object.fromEntries(names.map((name) => [name, keyFor(file, name).toString('base64')]))
  return { derived, wrapping: wrappingOf(file).toString('base64') }
}
