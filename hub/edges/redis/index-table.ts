import type { RedisClient, Script } from './client.ts'
import { ADD, BEGIN, FIND, REMOVE } from './index-scripts.ts'

export interface KeyEntry {
  seq: number
  keys: string[]
}

export interface Found {
  blocks: Map<string, number[]>
  cut: Set<string>
}

/**
 * The blocks in Redis, made in one generation. Each batch is one script, in a cluster one per bucket, all at once. Answers null when what was
 * made is not all there any more; throws when Redis cannot be asked.
 */
export interface IndexTable {
  /** Throws away what there is. */
  begin(generation: string): Promise<void>
  add(generation: string, entries: KeyEntry[]): Promise<true | null>
  remove(generation: string, entries: KeyEntry[]): Promise<true | null>
  find(generation: string, keys: string[]): Promise<Found | null>
  /** Looks at every bucket. */
  isWhole(generation: string): Promise<boolean>
}

/** Buckets, by the first letter of a key: enough to spread over the nodes of a cluster. */
const BUCKETS = 32

/** `blockMax`: how many registrations a key lists; of more it only knows that there are. */
export function indexTable(client: RedisClient, prefix: string, blockMax: number): IndexTable {
  const names = Array.from({ length: BUCKETS }, (_, number) => `${prefix}:sleutels:{${number}}`)
  /** Runs a script over parts that each belong to one bucket; answers one reply per call, with the parts that it was about. */
  const runAll = async <T extends string[]>(script: Script, first: (string | number)[], parts: T[], always: string[] = []) => {
    const groups = client.isCluster
      ? [...Map.groupBy([...parts.map(([key = '']) => key), ...always], bucketOf).keys()].map((bucket) => ({
          buckets: [bucket],
          own: parts.filter(([key = '']) => bucketOf(key) === bucket),
        }))
      : [{ buckets: [...new Set([...parts.map(([key = '']) => key), ...always].map(bucketOf))], own: parts }]
    return Promise.all(
      groups
        .filter(({ buckets }) => buckets.length > 0)
        .map(async ({ buckets, own }) => {
          const place = new Map(buckets.map((bucket, at) => [bucket, at + 1]))
          const args = own.flatMap(([key = '', ...rest]) => [place.get(bucketOf(key)) as number, key, ...rest])
          const reply = await client.run(
            script,
            buckets.map((bucket) => names[bucket] as string),
            [...first, ...args],
          )
          return { own, reply }
        }),
    )
  }
  const change = async (script: Script, first: (string | number)[], entries: KeyEntry[]): Promise<true | null> => {
    const parts = entries.flatMap(({ seq, keys }) => keys.map((key) => [key, String(seq)]))
    const replies = await runAll(script, first, parts)
    return replies.every(({ reply }) => reply === 1) ? true : null
  }
  const letters = names.map((_, number) => String.fromCharCode(number))
  return {
    begin: async (generation) => void (await runAll(BEGIN, [generation], [], letters)),
    add: (generation, entries) => change(ADD, [generation, blockMax], entries),
    remove: (generation, entries) => change(REMOVE, [generation], entries),
    async find(generation, keys) {
      const replies = await runAll(
        FIND,
        [generation],
        [...new Set(keys)].map((key) => [key]),
      )
      const found: Found = { blocks: new Map(), cut: new Set() }
      for (const { own, reply } of replies) {
        if (!Array.isArray(reply)) return null
        for (const [at, [key = '']] of own.entries()) addBlock(found, key, String(reply[at]))
      }
      return found
    },
    async isWhole(generation) {
      const replies = await runAll(FIND, [generation], [], letters)
      return replies.every(({ reply }) => Array.isArray(reply))
    },
  }
}

const bucketOf = (key: string) => key.charCodeAt(0) % BUCKETS

/** `12 7 +3`: two that are listed and three that are not. */
function addBlock({ blocks, cut }: Found, key: string, block: string): void {
  const [listed = '', more] = block.split('+')
  const seqs = listed.split(' ').filter(Boolean).map(Number)
  if (seqs.length > 0)
    blocks.set(
      key,
      seqs.sort((a, b) => a - b),
    )
  if (more !== undefined) cut.add(key)
}
