import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { allBytes } from './bytes.ts'
import { zip_bytes_max, zip_entries_max, zip_ratio_max, zip_unpacked_bytes_max } from './limits.ts'

/** Opens an entry of a ZIP file by its name, to be read once from front to back; undefined when there is none of that name. */
export type OpenEntry = (name: string) => AsyncIterable<Uint8Array> | undefined

/** A ZIP file: its files by name, in the order of their names. */
export interface OpenedZip {
  names: string[]
  open: OpenEntry
}

/**
 * The entries of a ZIP file. Its table of contents is judged before anything is unpacked, and an entry that unpacks to more than
 * the table says is cut off. Throws `SourceFault` for what is no ZIP, is encrypted, or breaks a limit (a bomb).
 */
export async function openZip(content: Content): Promise<OpenedZip> {
  const bytes = await allBytes(content, zip_bytes_max)
  try {
    const file = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true })
    const entries = await judged(file)
    const open = (name: string) => {
      const entry = entries.get(name)
      return entry && unpacked(file, entry)
    }
    return { names: [...entries.keys()].filter((name) => !name.endsWith('/')).sort(), open }
  } catch (error) {
    throw asSourceFault(error)
  }
}

async function judged(file: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let unpacked_bytes = 0
  for await (const entry of file.eachEntry()) {
    unpacked_bytes += entry.uncompressedSize
    const isBomb = entry.uncompressedSize > zip_ratio_max * Math.max(entry.compressedSize, smallest_bytes)
    if (isBomb || entries.size >= zip_entries_max || unpacked_bytes > zip_unpacked_bytes_max) throw TOO_LARGE
    if (entry.isEncrypted() || entries.has(entry.fileName)) throw NO_ZIP
    entries.set(entry.fileName, entry)
  }
  return entries
}

/** Below this an entry's ratio says nothing: a file of one kilobyte of spaces is no bomb. */
const smallest_bytes = 1024

async function* unpacked(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    yield* await file.openReadStreamPromise(entry)
  } catch (error) {
    throw asSourceFault(error)
  }
}

const TOO_LARGE = new SourceFault(
  [
    {
      pointer: '',
      code: 'te-groot',
      melding: 'Het bestand bevat te veel, of pakt uit tot te veel.',
      watNu: 'Laat weg wat er verder in het bestand staat (sla een werkblad opnieuw op), of verdeel het.',
    },
  ],
  1,
)
const NO_ZIP = new SourceFault(
  [
    {
      pointer: '',
      code: 'zip',
      melding: 'Het bestand is beschadigd, versleuteld of geen ZIP of XLSX.',
      watNu: 'Sla een werkmap op als .xlsx (niet als .xls), zonder wachtwoord; pak een ZIP opnieuw in.',
    },
  ],
  1,
)

/** The library's own messages are about bytes and offsets; the sender needs one answer. */
function asSourceFault(error: unknown): SourceFault {
  return error instanceof SourceFault ? error : NO_ZIP
}
