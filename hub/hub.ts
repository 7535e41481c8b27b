import type { Logger } from 'pino'
import modelFile from '../schemas/link-model/model-1.2.0.json' with { type: 'json' }
import type { Config } from './config.ts'
import type { Hub, HubKeys } from './context.ts'
import { type HmacKey, hmac, hmacKey } from './crypto/derived-keys.ts'
import { seal, unseal } from './crypto/envelope.ts'
import { localAllowances } from './edges/allowances.ts'
import { createReplayCache } from './edges/auth/replay-cache.ts'
import { clockFrom, ulidIds } from './edges/clock.ts'
import { erasureFile } from './edges/erasure-list.ts'
import { linkKeyring } from './edges/keys/link-keyring.ts'
import { openRegionKeys, type RegionKeys } from './edges/keys/region-keys.ts'
import { linkEpochsOf } from './edges/keys/rotate.ts'
import { logKeyring, logKeysOf } from './edges/log-keyring.ts'
import { readPolicy } from './edges/policies.ts'
import { forgetGenerations } from './edges/redis/index-state.ts'
import { openRedis } from './edges/redis/open.ts'
import { type OpenStore, openStore, type StoreKeys } from './edges/store/open.ts'
import { hasStore, holdStore, type StoreHold } from './edges/store/places.ts'
import { openPostgresStore } from './edges/store/postgres/open.ts'
import { localWakeup } from './edges/wakeup.ts'
import { envelopeContents } from './flows/contents.ts'
import { takeUpEpochs } from './flows/key-epochs.ts'
import { loadRegion } from './region.ts'
import type { Policy } from './stages/consent/policy.ts'
import { linkModel } from './stages/link/model.ts'

/** A hub that is open for work; `close` writes the last checkpoint and lets the store go. */
export interface OpenHub {
  hub: Hub
  close(): Promise<void>
}

/** How much is kept in memory: pages of the database, contents and profiles of registrations, data keys, and linking tokens of values. */
interface Memory {
  cache_mib: number
  contents_max: number
  keys_max: number
  tokens_max: number
}

const ROOMY: Memory = { cache_mib: 240, contents_max: 20_000, keys_max: 1_000_000, tokens_max: 200_000 }

/** For a command that stands beside other work on a small machine. */
export const FRUGAL: Memory = { cache_mib: 8, contents_max: 500, keys_max: 1_000, tokens_max: 8_000 }

/**
 * Puts a hub together by hand: lock, keys, store, rules. `command` names the holder of the lock to whoever finds it taken.
 * Throws `configuratie` for everything that must be mended before a hub can start.
 */
export async function openHub(config: Config, command: string, log: Logger, memory: Memory = ROOMY): Promise<OpenHub> {
  const region = loadRegion(config.region)
  const policy = readPolicy(config.policy ?? region.reglement)
  const hold = await holdStore(config, command, Number(linkEpochsOf(config.keysDir).at(-1) ?? 1))
  try {
    const secrets = openRegionKeys(config.keysDir, { demo: config.demo, storeExists: await hasStore(config) })
    const ring = logKeyring(logKeysOf(config.region, secrets))
    const keys = { wrapping: secrets.wrapping, log: ring, prints: secrets.prints }
    const report = (error: unknown) => log.error({ fout: String(error) }, 'toegangslog')
    const open = { command, presence: hold, memory, hasOwnIndex: config.redis === null }
    const { store, shares, openIndex, dataKeys, accessLog, followLogKey, close } = await openStoreOf(config, keys, report, open)
    const hubKeys = keysFrom(secrets, memory.tokens_max)
    const together = await openTogether(config, { store, openIndex }, hubKeys, log)
    const hub: Hub = {
      store,
      shares,
      ...together.parts,
      dataKeys,
      accessLog,
      followLogKey,
      erased: erasureFile(config.stateDir),
      contents: envelopeContents(dataKeys, memory.contents_max),
      clock: clockFrom(config.clock),
      ids: ulidIds(),
      keys: hubKeys,
      region,
      policy,
      counting: countingRules(policy),
      contactDays: policy.termijnen['contact-na-match'].aantal,
      model: linkModel(modelFile),
      demo: config.demo,
      engines: enginesOf(config),
    }
    await takeUpEpochs(hub)
    const closeAll = async () => {
      together.close()
      await close()
      await hold.release()
    }
    return { hub, close: closeAll }
  } catch (error) {
    await hold.release()
    throw error
  }
}

function openStoreOf(
  config: Config,
  keys: StoreKeys,
  report: (error: unknown) => void,
  { memory, ...how }: { command: string; presence: StoreHold; memory: Memory; hasOwnIndex: boolean },
): Promise<OpenStore> {
  const { database, stateDir } = config
  return database ? openPostgresStore(database, { ...how, stateDir }, keys, report) : openStore(config, keys, report, memory)
}

/** What hubs of one region have together: in Redis, or in the process of the only one. */
async function openTogether(
  { redis, database }: Config,
  { store, openIndex }: Pick<OpenStore, 'store' | 'openIndex'>,
  keys: HubKeys,
  log: Logger,
): Promise<{ parts: Pick<Hub, 'index' | 'indexUpkeep' | 'allowances' | 'replays' | 'linking' | 'delivery'>; close(): void }> {
  const [allowances, replays] = [localAllowances(), createReplayCache()]
  if (!redis) {
    await forgetGenerations(store)
    const own = { index: openIndex(), indexUpkeep: null, allowances, replays }
    return { parts: { ...own, linking: localWakeup(), delivery: localWakeup() }, close() {} }
  }
  const edge = await openRedis(redis, log, (text) => keys.hash('gedeeld', text).toString('base64url'))
  const { index, upkeep } = await edge.index(store, database ? null : openIndex)
  const parts = {
    index,
    indexUpkeep: upkeep,
    allowances: edge.allowances(allowances),
    replays: await edge.replays(store, replays, database === null),
    linking: edge.wakeup(localWakeup(), 'koppelen'),
    delivery: edge.wakeup(localWakeup(), 'leveren'),
  }
  return { parts, close: edge.close }
}

function enginesOf({ kafka, redis, database }: Config): Hub['engines'] {
  const sql = database ? 'postgresql' : 'sqlite'
  return [
    { poort: 'opslag', motor: sql },
    { poort: 'sleutels', motor: sql },
    { poort: 'sleutelindex', motor: redis ? 'redis' : sql },
    { poort: 'berichten', motor: kafka ? 'kafka' : 'http' },
    { poort: 'begrenzing', motor: redis ? 'redis' : 'proces' },
  ]
}

type HashPurpose = Parameters<HubKeys['hash']>[0]

/** Keys for everything, each derived for its one purpose (RFC 5869). */
function keysFrom(secrets: RegionKeys, tokens_max: number): HubKeys {
  const hashKeys = new Map<string, HmacKey>()
  const keyFor = (purpose: HashPurpose) => {
    const key = hashKeys.get(purpose) ?? hmacKey(secrets.keyFor(`hash/${purpose}`))
    hashKeys.set(purpose, key)
    return key
  }
  const vaultKey = secrets.keyFor('kluis')
  return {
    link: linkKeyring(secrets.linkEpochs, tokens_max),
    hash: (purpose, value) => hmac(keyFor(purpose), value).subarray(0, 16),
    vault: {
      seal: (plain, context) => seal(vaultKey, plain, context),
      unseal: (sealed, context) => unseal(vaultKey, sealed, context).toString(),
    },
  }
}

function countingRules(policy: Policy): Hub['counting'] {
  const { statussen, matchVanaf } = policy.match
  const statuses = Object.entries(statussen).flatMap(([status, counts]) => (counts ? [status] : []))
  return { statuses: new Set(statuses), onlySignalling: matchVanaf === 'signaleert' }
}
