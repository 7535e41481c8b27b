// Runs before `npm start` and `npm test`, on any Node from 20: installs the packages when they are absent or do not fit the
// lock file, and says so on stderr. Everything lands in this folder.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withInstallLock } from './install/lock.mjs'
import { findMismatch } from './install/mismatch.mjs'
import { privateCache } from './install/npm-cache.mjs'
import { linkCommand } from './link-command.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))

if (findMismatch(root)) await withInstallLock(join(root, '.cache'), say, () => install(root))
if (!existsSync(join(root, 'node_modules/.bin/verwijsindex'))) linkCommand()

/** Installs, unless another process did so while this one waited for the lock; ends the process when that fails.
 * @param {string} root */
function install(root) {
  const before = findMismatch(root)
  if (!before) return
  say(`${before}: pakketten installeren met \`npm ci\`, dit duurt ongeveer een halve minuut ...`)
  const status = runNpm(root)
  if (status !== 0) fail(`\`npm ci\` eindigde met code ${status}; zie de meldingen hierboven`)
  const after = findMismatch(root)
  if (after) fail(after)
  say('Pakketten geïnstalleerd.')
}

/** Development packages and install scripts are asked for by name: a machine may have switched them off for other projects.
 * @param {string} root */
function runNpm(root) {
  const args = ['ci', '--loglevel=error', '--include=dev', '--include=optional', '--ignore-scripts=false']
  const cache = privateCache(root)
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined
  const [program, ...first] = npm ? [process.execPath, npm] : ['npm']
  const result = spawnSync(program, [...first, ...args, ...(cache ? [`--cache=${cache}`] : [])], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  })
  if (cache) rmSync(cache, { recursive: true, force: true })
  if (result.error) fail(`npm start niet (${result.error.message})`)
  return result.status ?? result.signal
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`)
}

/** @param {string} reason
 * @returns {never} */
function fail(reason) {
  say(`De installatie is mislukt: ${reason}. Herstel de oorzaak en probeer het opnieuw.`)
  process.exit(3)
}
