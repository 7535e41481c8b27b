import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Puts `verwijsindex` beside the other commands of node_modules/.bin, so that `npx --no-install verwijsindex` finds it
 * without copying the project into npm's cache in the home folder. */
export function linkCommand() {
  const bin = new URL('../node_modules/.bin/', import.meta.url)
  mkdirSync(bin, { recursive: true })
  rmSync(new URL('verwijsindex', bin), { force: true })
  symlinkSync('../../hub/verwijsindex.mjs', new URL('verwijsindex', bin))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) linkCommand()
