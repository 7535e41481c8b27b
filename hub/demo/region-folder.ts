import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { adapterNamed } from '../../adapters/registry.ts'
import type { Regio } from '../../schemas/types.ts'
import { HubError } from '../errors.ts'

/** A file of a region's folder: which client sends it, through which adapter. */
export interface SourceFile {
  client: string
  adapter: string
  name: string
  bytes: Buffer
  sha256: string
}

/** What one client has to send. */
export interface ClientFolder {
  client: string
  files: SourceFile[]
  /** Bodies of `POST /toestemmingen` with `kenmerk` in place of `registratie`. */
  consents: { kenmerk: string; [field: string]: unknown }[]
}

const CONSENTS = 'toestemmingen.ndjson'

/**
 * Reads a region's folder: `DIR/<client>/<adapter>/*` and `DIR/<client>/toestemmingen.ndjson`, everything sorted by name. Files at
 * the top are notes for people. Throws `configuratie`, naming it, for an unknown client, adapter or file.
 */
export function readRegionFolder(dir: string, region: Regio): ClientFolder[] {
  if (!existsSync(dir)) throw unusable(`De map ${dir} bestaat niet.`)
  return folders(dir).map((client) => {
    if (!region.clients.some((known) => known.id === client))
      throw unusable(
        `${join(dir, client)}: “${client}” is geen client van deze regio. Kies uit: ${region.clients.map(({ id }) => id).join(', ')}.`,
      )
    return { client, files: filesOf(dir, client), consents: consentsOf(join(dir, client, CONSENTS)) }
  })
}

function filesOf(dir: string, client: string): SourceFile[] {
  return folders(join(dir, client)).flatMap((adapter) => {
    if (!adapterNamed(adapter)) throw unusable(`${join(dir, client, adapter)}: “${adapter}” is geen adapter.`)
    const folder = join(dir, client, adapter)
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort()
      .map((name) => {
        const bytes = readFileSync(join(folder, name))
        return { client, adapter, name: basename(name), bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
      })
  })
}

function consentsOf(path: string): ClientFolder['consents'] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line)]
    } catch (cause) {
      throw unusable(`${path}: regel ${i + 1} is geen JSON.`, cause)
    }
  })
}

function folders(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}

function unusable(detail: string, cause?: unknown): HubError {
  return new HubError('configuratie', { detail, cause })
}
