import { readFileSync } from 'node:fs'
import { HubError } from '../../errors.ts'
import type { LinkModelFile } from '../../stages/link/model.ts'
import type { PersonModelFile } from '../../stages/link/persons/person-model.ts'
import { linesOf } from '../json-lines.ts'

/**
 * The registrations in a file of `link`, each as `lineOf` makes it of its JSON, some at a time as they are read. Throws `ongeldige-invoer`
 * with the number of a line that is no JSON object.
 */
export async function* linkLines<T>(file: string, lineOf: (value: unknown) => T): AsyncGenerator<T[]> {
  let number = 0
  for await (const batch of linesOf(file)) {
    const lines: T[] = []
    for (const text of batch) {
      number++
      if (!isBlank(text)) lines.push(lineOf(parseLine(text, number)))
    }
    yield lines
  }
}

export function isBlank(line: string): boolean {
  return line.trim() === ''
}

/** A model file, parsed; without a path the one that comes with the hub. Throws `configuratie` when it cannot be read. */
export function readModelFile(file: string | undefined): LinkModelFile | PersonModelFile {
  const path = file ?? new URL('../../../schemas/link-model/model-1.2.0.json', import.meta.url)
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LinkModelFile | PersonModelFile
  } catch (error) {
    throw new HubError('configuratie', { detail: `Het koppelmodel ${file ?? ''} is niet te lezen.`, cause: error })
  }
}

function parseLine(text: string, number: number): unknown {
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value
  } catch {
    // Told below, as is JSON that is no object.
  }
  throw new HubError('ongeldige-invoer', { detail: `Regel ${number} is geen JSON-object.` })
}
