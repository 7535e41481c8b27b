import { readFileSync, writeFileSync } from 'node:fs'
import { withScopes } from './scope-table.ts'
import { withSettings } from './settings-table.ts'

for (const [page, fill] of [
  ['operating.md', withSettings],
  ['security.md', withScopes],
] as const) {
  const file = new URL(`../../docs/${page}`, import.meta.url)
  writeFileSync(file, fill(readFileSync(file, 'utf8')))
}
