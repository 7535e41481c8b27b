import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './engine.ts'
import { keptPassword } from './password.ts'
import { keptPorts } from './ports.ts'
import { findProgram, program, run } from './run.ts'

/** Redis of Debian, one node, with a password. */
export const redis: Engine = {
  name: 'redis',
  needs: [{ program: 'redis-server', packages: ['redis-server'] }],
  patience_s: 30,
  install() {},
  isInstalled: () => findProgram('redis-server') !== undefined,
  async prepare(folder) {
    const data = join(folder, 'data')
    mkdirSync(data, { recursive: true })
    const [port] = await keptPorts(folder, 1)
    const password = keptPassword(folder)
    const settings = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'yes', dir: data, requirepass: password }
    return {
      command: program('redis-server'),
      arguments: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      address: { url: `redis://default:${password}@127.0.0.1:${port}` },
    }
  },
  async isReady({ url }) {
    try {
      return run(program('redis-cli'), ['--no-auth-warning', '-u', url as string, 'ping']).trim() === 'PONG'
    } catch {
      return false
    }
  },
}
