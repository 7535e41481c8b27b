import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deliveryOf } from '../bench/deliveries.ts'
import { inventedRegistrations } from '../bench/registrations.ts'
import { loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { createLog } from '../edges/log.ts'
import { keyTable } from '../edges/store/key-table.ts'
import { openHub } from '../hub.ts'
import { accept } from '../pipeline.ts'
import type { KeyIndex, StoredKeys } from '../ports/shared.ts'
import type { Store } from '../ports.ts'

const BLOCK_MAX = 200

/** A store of a region, and registrations that come in one batch at a time. Nothing links them. */
export interface Region {
  hub: Hub
  /** An index of the store's own, as complete as the store is now. */
  openStored(): KeyIndex
  /** Registers so many more; answers them with their keys. */
  arrive(count: number): Promise<StoredKeys[]>
  close(): Promise<void>
}

export async function openRegion(count: number): Promise<Region> {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const dirs = { DATA_DIR: join(root, 'data'), KEYS_DIR: join(root, 'keys'), STATE_DIR: join(root, 'state') }
  const { hub, close } = await openHub(loadConfig({ demo: true }, dirs), 'test', createLog('silent'))
  const coming = inventedRegistrations(count, { withBsn: true, seed: 11 })
  let seen = 0
  return {
    hub,
    openStored: () => indexOf(hub.store),
    async arrive(more) {
      await accept(
        hub,
        coming.splice(0, more).map(({ client, registration }) => deliveryOf(client, registration)),
      )
      const rows = await hub.store.read((tx) => tx.registrations.keysAfter(seen, more))
      seen = rows.at(-1)?.seq ?? seen
      return rows
    },
    async close() {
      await close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** As the store of one process has it: read when it is first asked, then told. */
function indexOf(store: Store): KeyIndex {
  const table = keyTable(BLOCK_MAX)
  let read: Promise<void> | undefined
  const ready = () => (read ??= readAll(store, table))
  return {
    async add(entries) {
      await ready()
      for (const { seq, keys } of entries) for (const key of keys) table.add(key, seq)
    },
    async find(keys) {
      await ready()
      const found = keys.map((key) => ({ key, ...table.find(key) }))
      const blocks = new Map(found.flatMap(({ key, seqs }) => (seqs.length > 0 ? [[key, seqs]] : [])))
      return { blocks, cut: new Set(found.flatMap(({ key, cut }) => (cut ? [key] : []))) }
    },
    async remove(entries) {
      await ready()
      for (const { seq, keys } of entries) for (const key of keys) table.remove(key, seq)
    },
  }
}

async function readAll(store: Store, table: ReturnType<typeof keyTable>): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await store.read((tx) => tx.registrations.keysAfter(after, 500))
    for (const { seq, keys } of rows) for (const key of keys) table.add(key, seq)
    const last = rows.at(-1)
    if (!last) return
    after = last.seq
  }
}
