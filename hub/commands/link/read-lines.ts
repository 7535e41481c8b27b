import { readFileSync } from 'node:fs'
import type { LinkKeys } from '../../crypto/derived-keys.ts'
import { HubError } from '../../errors.ts'
import type { LinkLine } from '../../stages/link/linker.ts'
import type { LinkModelFile } from '../../stages/link/model.ts'
import { profileOf } from '../../stages/link/profile.ts'
import { subjectFrom } from '../../stages/link/subject.ts'
import { linesOf } from '../json-lines.ts'

/** The registrations in a file of `link`, as profiles under `keys`. Throws `ongeldige-invoer` with the number of a line that is no JSON. */
export async function* linkLines(file: string, keys: LinkKeys): AsyncGenerator<LinkLine> {
  let number = 0
  for await (const text of textLines(file)) {
    const subject = subjectFrom(parseLine(text, ++number))
    yield { rid: subject.rid, profile: profileOf(subject, keys) }
  }
}

/** The lines of a file that hold anything. */
export async function* textLines(file: string): AsyncGenerator<string> {
  for await (const batch of linesOf(file)) for (const line of batch) if (line.trim() !== '') yield line
}

/** A model file, parsed; without a path the one that comes with the hub. Throws `configuratie` when it cannot be read. */
export function readModelFile(file: string | undefined): LinkModelFile {
  const path = file ?? new URL('../../../schemas/link-model/model-1.1.0.json', import.meta.url)
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LinkModelFile
  } catch (error) {
    throw new HubError('configuratie', { detail: `Het koppelmodel ${file ?? ''} is niet te lezen.`, cause: error })
  }
}

function parseLine(text: string, number: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new HubError('ongeldige-invoer', { detail: `Regel ${number} is geen JSON-object.` })
  }
}
