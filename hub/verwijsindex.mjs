#!/usr/bin/env node
// The command `verwijsindex`, on any Node from 20: hands over to main.ts on the Node 24 that the project brings along.
// Stopping or killing this process stops the hub: signals are passed on, and the hub ends when its channel closes.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

const bundled = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
if (!existsSync(bundled)) await verifyProofHere(process.argv.slice(2))
const node = existsSync(bundled) ? bundled : process.execPath
const isLink = ['link', 'model'].includes(process.argv[2] ?? '')
/**
 * Linking a file holds all of it in memory: a million lines need more than Node takes by itself. One thread clears away, in larger portions, which
 * takes less CPU (and clearing away sooner, to take less memory, takes far more). What is in use is found at one go, not bit by bit between the work: a
 * pause troubles nobody here, and what becomes free meanwhile is then not kept (200,000 lines: 508 MB at most instead of 606).
 */
const inMemory = [
  `--max-old-space-size=${Math.floor((totalmem() / 2 ** 20) * 0.75)}`,
  '--single-threaded-gc',
  '--no-incremental-marking',
  '--min-semi-space-size=32',
  '--max-semi-space-size=32',
]
// A file of any size is read in the same memory: what a row leaves behind is cleared away soon rather than cheaply.
const frugal = ['--max-semi-space-size=4', '--heap-growing-percent=20']
/** glibc gives back what is freed instead of keeping it for later (mallopt(3)); other libraries pay no heed. */
const giveBack = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '65536' }
const isImport = process.argv[2] === 'import'
/** What was compiled is kept beside the packages: starting took .22 s of CPU without it, .06 s with it. */
const compiled = { NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/verwijsindex', import.meta.url)) }
const env = { ...(isImport ? giveBack : {}), ...(isLink ? compiled : {}), ...process.env }
const args = [
  '--disable-warning=ExperimentalWarning',
  ...(isImport ? frugal : []),
  ...(isLink ? inMemory : []),
  fileURLToPath(new URL('main.ts', import.meta.url)),
  ...process.argv.slice(2),
]

if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...args], env)

const hub = spawn(node, args, {
  env,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => hub.kill(signal))
hub.on('error', (error) => {
  process.stderr.write(`verwijsindex start niet: ${error.message}. Voer eerst \`npm ci\` uit.\n`)
  process.exit(3)
})
hub.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))

/** `verify-proof` needs nothing but Node: where nothing is installed, it runs on the Node that there is.
 * @param {string[]} args */
async function verifyProofHere([name, ...args]) {
  if (name !== 'verify-proof') return
  const { command } = await import('./commands/verify-proof.mjs')
  if (args.includes('--help')) process.stdout.write(`${command.help}\n`)
  process.exit(args.includes('--help') ? 0 : await command.run(args))
}
