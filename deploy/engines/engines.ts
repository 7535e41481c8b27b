// npm run engines -- install|up|down|status [name ...]

import type { Engine } from './engine.ts'
import { ENGINES } from './list.ts'
import { bringPackages } from './packages.ts'
import { findProgram } from './run.ts'
import { folderOf, runningAddress, startEngine, stopEngine } from './running.ts'

const USAGE = `npm run engines -- install|up|down|status [${ENGINES.map(({ name }) => name).join('|')} ...]`

/** What a command does to one engine; answers what to say of it. */
const COMMANDS: Record<string, (engine: Engine) => Promise<string> | string> = {
  install,
  async up(engine) {
    install(engine)
    const from = performance.now()
    const address = await startEngine(engine)
    return `ready after ${((performance.now() - from) / 1000).toFixed(1)} s at ${whereOf(address)}`
  },
  async down(engine) {
    await stopEngine(engine)
    return 'stopped'
  },
  status(engine) {
    const address = runningAddress(engine)
    return address ? `runs at ${whereOf(address)}` : isInstalled(engine) ? 'installed, does not run' : 'not installed'
  },
}

const [command = '', ...names] = process.argv.slice(2)
const action = COMMANDS[command]
const unknown = names.filter((name) => !ENGINES.some((engine) => engine.name === name))
if (!action || unknown.length > 0) {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 2
} else {
  const chosen = ENGINES.filter(({ name }) => names.length === 0 || names.includes(name))
  for (const engine of command === 'down' ? chosen.toReversed() : chosen) {
    process.stdout.write(`${engine.name}: ${await action(engine)}\n`)
  }
}

function install(engine: Engine): string {
  bringPackages(engine.needs.filter(({ program }) => !findProgram(program)).flatMap(({ packages }) => packages))
  engine.install(folderOf(engine))
  return 'installed'
}

function isInstalled(engine: Engine): boolean {
  return engine.needs.every(({ program }) => findProgram(program)) && engine.isInstalled(folderOf(engine))
}

/** Addresses without what is secret in them. */
function whereOf(address: Record<string, string>): string {
  const shown = address.brokers ?? address.url ?? ''
  return shown.replace(/\/\/[^@/]*@/, '//')
}
