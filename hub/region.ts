import { readFileSync } from 'node:fs'
import type { Regio } from '../schemas/types.ts'
import { validator } from '../schemas/validate.ts'
import { HubError } from './errors.ts'

const REGIONS = new URL('../schemas/regions/', import.meta.url)

/**
 * The region's configuration: the id of one in `schemas/regions/`, or the path of a JSON file. Throws `configuratie`
 * with every fault when it cannot be used.
 */
export function loadRegion(idOrPath: string): Regio {
  const file = /^[a-z0-9-]+$/.test(idOrPath) ? new URL(`${idOrPath}.json`, REGIONS) : idOrPath
  const region = readJson(idOrPath, file)
  const faults = validator('regio')(region)
  const lines = faults.map(({ pointer, melding }) => `- ${pointer}: ${melding}`)
  if (lines.length > 0) throw unusable(`De regio ${idOrPath} klopt niet:\n${lines.join('\n')}`)
  return region as Regio
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
