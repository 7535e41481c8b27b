import { readFileSync, statSync } from 'node:fs'
import type { Regio } from '../schemas/types.ts'
import { validator } from '../schemas/validate.ts'
import { HubError } from './errors.ts'

const LOOK_EVERY_MS = 2000
const REGIONS = new URL('../schemas/regions/', import.meta.url)

/**
 * The region's configuration: the id of one in `schemas/regions/`, or the path of a JSON file. Throws `configuratie`
 * with every fault when it cannot be used.
 */
export function loadRegion(idOrPath: string): Regio {
  const region = readJson(idOrPath, fileOf(idOrPath))
  const faults = validator('regio')(region)
  const lines = faults.map(({ pointer, melding }) => `- ${pointer}: ${melding}`)
  if (lines.length > 0) throw unusable(`De regio ${idOrPath} klopt niet:\n${lines.join('\n')}`)
  return region as Regio
}

/**
 * Takes over the clients of the region's file whenever it changes, so that who is struck out is out within seconds, without a restart. The
 * rest of the region waits for one. A file that cannot be used changes nothing and is told to `onFault`. Answers how to stop.
 */
export function followClients(region: Regio, idOrPath: string, onFault: (error: unknown) => void): () => void {
  const file = fileOf(idOrPath)
  let seen = stampOf(file)
  const timer = setInterval(() => {
    const stamp = stampOf(file)
    if (stamp === seen) return
    seen = stamp
    try {
      region.clients = loadRegion(idOrPath).clients
    } catch (error) {
      onFault(error)
    }
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

function fileOf(idOrPath: string): URL | string {
  return /^[a-z0-9-]+$/.test(idOrPath) ? new URL(`${idOrPath}.json`, REGIONS) : idOrPath
}

function stampOf(file: URL | string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true })
  return found ? `${found.mtimeNs} ${found.size} ${found.ino}` : 'absent'
}

function readJson(idOrPath: string, file: URL | string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw unusable(`De regio ${idOrPath} is niet te lezen. Geef met REGION een naam uit schemas/regions/ of een bestand.`, cause)
  }
}

function unusable(detail: string, cause?: unknown): HubError {
  return new HubError('configuratie', { detail, cause })
}
