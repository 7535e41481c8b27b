import { readFileSync } from 'node:fs'
import { type Command, EXIT } from './commands/command.ts'
import { machineError } from './commands/machine-error.ts'
import { HubError } from './errors.ts'

const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  demo: () => import('./commands/demo.ts'),
  serve: () => import('./commands/serve.ts'),
  import: () => import('./commands/import.ts'),
  adapter: () => import('./commands/adapter.ts'),
  sweep: () => import('./commands/sweep.ts'),
  migrate: () => import('./commands/migrate.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  token: () => import('./commands/token.ts'),
  keys: () => import('./commands/keys.ts'),
  index: () => import('./commands/key-index.ts'),
  export: () => import('./commands/export.ts'),
  link: () => import('./commands/link.ts'),
  model: () => import('./commands/model.ts'),
  policy: () => import('./commands/policy.ts'),
  'verify-log': () => import('./commands/verify-log.ts'),
  'verify-proof': () => import('./commands/verify-proof.mjs'),
  witness: () => import('./commands/witness.ts'),
}

/** The process that started us is gone (killed, crashed): end too, so that nobody holds the store's lock unseen. */
function endWithParent(): void {
  if (process.channel) {
    process.channel.unref()
    process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  }
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}

async function overview(): Promise<string> {
  const lines = ['Gebruik: verwijsindex <commando> [opties]', '', 'Commando’s:']
  for (const [name, load] of Object.entries(COMMANDS)) lines.push(`  ${name.padEnd(14)} ${(await load()).command.summary}`)
  lines.push('', '`verwijsindex <commando> --help` laat voorbeelden en opties zien.', '')
  return lines.join('\n')
}

async function main(argv: string[]): Promise<number> {
  const [name, ...args] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await overview())
    return name === undefined ? EXIT.usage : EXIT.good
  }
  if (name === '--version') {
    process.stdout.write(`${version()}\n`)
    return EXIT.good
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) {
    process.stderr.write(`Onbekend commando “${name}”.\n\n${await overview()}`)
    return EXIT.usage
  }
  const { command } = await load()
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${command.help}\n`)
    return EXIT.good
  }
  return command.run(args)
}

/** Which exit code a failed command ends with. */
function exitCodeOf(error: unknown): number {
  if (!(error instanceof HubError)) return EXIT.findings
  if (error.code === 'gebruik') return EXIT.usage
  if (error.code === 'configuratie') return EXIT.configuration
  if (error.code === 'tijdelijk-niet-beschikbaar') return EXIT.temporary
  return EXIT.findings
}

/** Who reads our output may stop early (`| head`): then there is nothing left to say, which is no error. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.good)
    throw error
  })
}

const LINGER_MS = 1000

// Stores, keys and checkpoints are for this account alone.
process.umask(0o077)
endWithParent()
endWithReader()
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (thrown) {
  const error = machineError(thrown)
  process.stderr.write(error instanceof HubError ? `${error.message}\n` : `${error instanceof Error ? error.stack : error}\n`)
  process.exitCode = exitCodeOf(error)
}
// What is still about, a client that keeps trying a broker that is away, keeps nobody waiting.
setTimeout(() => process.stdout.writableLength === 0 && process.exit(), LINGER_MS).unref()
