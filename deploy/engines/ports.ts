import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** The last thread of a killed engine lets go of its ports a moment after the engine is gone. */
const LET_GO_MS = 3000

/** The ports that an engine had before, when they are free or soon will be: who was connected finds it again. */
export async function keptPorts(folder: string, count: number): Promise<number[]> {
  const file = join(folder, 'ports.json')
  const before: number[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  const ports = before.length === count && (await comeFree(before)) ? before : await freePorts(count)
  writeFileSync(file, JSON.stringify(ports))
  return ports
}

/** As many free ports of this machine, all different. */
export async function freePorts(count: number): Promise<number[]> {
  return bind(Array.from({ length: count }, () => 0))
}

async function comeFree(ports: number[]): Promise<boolean> {
  for (const end = performance.now() + LET_GO_MS; performance.now() < end; await wait(20)) if (await areFree(ports)) return true
  return false
}

async function areFree(ports: number[]): Promise<boolean> {
  return bind(ports).then(
    () => true,
    () => false,
  )
}

async function bind(wanted: number[]): Promise<number[]> {
  const servers = wanted.map(() => createServer())
  try {
    return await Promise.all(
      servers.map(
        (server, i) =>
          new Promise<number>((resolve, reject) => {
            server.once('error', reject)
            server.listen(wanted[i], '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
          }),
      ),
    )
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }
}
