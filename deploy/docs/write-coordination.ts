import { readFileSync, writeFileSync } from 'node:fs'
import { withTables } from './coordination-tables.ts'

const PAGE = new URL('../../docs/coordination.md', import.meta.url)

writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')))
