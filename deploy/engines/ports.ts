import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'

/** The ports that an engine had before, when they are free: who was connected finds it again. */
export async function keptPorts(folder: string, count: number): Promise<number[]> {
  const file = join(folder, 'ports.json')
  const before: number[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  const ports = before.length === count && (await areFree(before)) ? before : await freePorts(count)
  writeFileSync(file, JSON.stringify(ports))
  return ports
}

/** As many free ports of this machine, all different. */
export async function freePorts(count: number): Promise<number[]> {
  return bind(Array.from({ length: count }, () => 0))
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
