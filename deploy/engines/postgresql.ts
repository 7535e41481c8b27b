import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address, Engine } from './engine.ts'
import { letPast } from './folders.ts'
import { newPassword } from './password.ts'
import { keptPorts } from './ports.ts'
import { findProgram, program, run, userIds } from './run.ts'

const USER = 'postgres'

/** PostgreSQL of Debian, on a port of its own, with scram passwords. */
export const postgresql: Engine = {
  name: 'postgresql',
  needs: [{ program: 'postgres', packages: ['postgresql'] }],
  patience_s: 60,
  install() {},
  isInstalled: () => findProgram('initdb') !== undefined,
  async prepare(folder) {
    const ids = userIds(USER)
    mkdirSync(folder, { recursive: true })
    const home = homeOf(folder, ids)
    const data = join(home, 'data')
    const secret = join(home, 'password')
    if (!existsSync(join(data, 'PG_VERSION'))) {
      writeFileSync(secret, newPassword(), { mode: 0o644 })
      const auth = ['--auth-local=scram-sha-256', '--auth-host=scram-sha-256', `--pwfile=${secret}`]
      run(program('initdb'), ['-D', data, '-U', 'hub', ...auth, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], {
        ...ids,
        cwd: home,
      })
    }
    forgetDead(join(data, 'postmaster.pid'))
    const [port] = await keptPorts(folder, 1)
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=']
    return {
      command: program('postgres'),
      cwd: home,
      arguments: ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      user: USER,
      address: { url: `postgresql://hub:${readFileSync(secret, 'utf8')}@127.0.0.1:${port}/postgres` },
    }
  },
  async isReady({ url }: Address) {
    const { hostname, port } = new URL(url as string)
    try {
      run(program('pg_isready'), ['-q', '-h', hostname, '-p', port])
      return true
    } catch {
      return false
    }
  },
}

/** Where data and password lie: the engine's folder, or a folder outside when the server's account may not enter that one. */
function homeOf(folder: string, { uid, gid }: ReturnType<typeof userIds>): string {
  if (uid === undefined || gid === undefined) return folder
  letPast()
  chownSync(folder, uid, gid)
  const mayEnter = (path: string) => spawnSync('test', ['-x', path], { uid, gid, cwd: '/' }).status === 0
  if (mayEnter(folder)) return folder
  const note = join(folder, 'outside')
  const known = existsSync(note) ? readFileSync(note, 'utf8') : ''
  const outside = known && mayEnter(known) ? known : mkdtempSync(join(tmpdir(), 'verwijsindex-postgresql-'))
  chownSync(outside, uid, gid)
  writeFileSync(note, outside)
  process.stderr.write(`postgresql: the account ${USER} may not enter ${folder}, so its data lie in ${outside}\n`)
  return outside
}

/** A server that was killed and that nobody has buried yet has its number still; the next would take it for alive. */
function forgetDead(lockFile: string): void {
  if (!existsSync(lockFile)) return
  const pid = readFileSync(lockFile, 'utf8').split('\n')[0]
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ''
  if (/\) Z /.test(stat)) rmSync(lockFile)
}
