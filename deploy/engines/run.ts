import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of a program, looked for where the shell looks and where Debian keeps PostgreSQL's; undefined when it is not there. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', ...postgresFolders()]
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

/** As `findProgram`, for what an engine cannot do without. */
export function program(name: string): string {
  const path = findProgram(name)
  if (!path) throw new Error(`${name} is not on this machine`)
  return path
}

/** Runs a program to its end; throws with the last of what it said when it fails. */
export function run(
  command: string,
  args: string[],
  options: { cwd?: string; input?: string; uid?: number; gid?: number } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...options,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} ended with ${status}:\n${(stdout + stderr).slice(-2000)}`)
  return stdout
}

/** The user as whom an engine that refuses root is to run; none when this process is not root. */
export function userIds(user: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  return { uid: Number(run('id', ['-u', user])), gid: Number(run('id', ['-g', user])) }
}

/** Newest version first. */
function postgresFolders(): string[] {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return []
  const versions = readdirSync(base).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(base, version, 'bin'))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
