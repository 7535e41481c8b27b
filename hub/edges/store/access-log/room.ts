import type { Kysely } from 'kysely'
import type { Tx } from '../../../ports.ts'
import type { LogKeys } from '../../../stages/audit/log-key.ts'
import { appendLines } from './append.ts'
import { pruneLines } from './prune.ts'
import type { AccessLogTables } from './tables.ts'

/** The store's room for the log (`Tx['log']`); `appended` hears the size after each append, before the commit (`LogKeeper`). */
export function logRoom(key: LogKeys, appended: (size: number) => void) {
  return (tx: Kysely<AccessLogTables>): Tx['log'] => ({
    async append(lines, at) {
      if (lines.length > 0) appended(await appendLines(tx, key, lines, at))
    },
    async prune(options) {
      const { pruned, size } = await pruneLines(tx, key, options)
      if (size !== null) appended(size)
      return pruned
    },
  })
}
