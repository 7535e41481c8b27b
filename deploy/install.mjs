// Runs before `npm start` and `npm test`, on any Node from 20: installs the packages when they are absent or do not fit the
// lock file, and says so on stderr. Everything lands in this folder's node_modules.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const stamp = new URL('node_modules/.verwijsindex-lock', root)
const wanted = createHash('sha256')
  .update(readFileSync(new URL('package-lock.json', root)))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  process.stderr.write('Pakketten installeren (npm ci), dit duurt ongeveer een halve minuut ...\n')
  const cwd = fileURLToPath(root)
  const result = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    process.stderr.write('De installatie is mislukt; zie de meldingen hierboven. Herstel de oorzaak en probeer het opnieuw.\n')
    process.exit(result.status ?? 1)
  }
  writeFileSync(stamp, wanted)
  process.stderr.write('Pakketten geïnstalleerd.\n')
}
