import { readFileSync, writeFileSync } from 'node:fs'
import { withSettings } from './settings-table.ts'

const GUIDE = new URL('../../docs/operating.md', import.meta.url)

writeFileSync(GUIDE, withSettings(readFileSync(GUIDE, 'utf8')))
