import type { Adapter, AdapterContext, AdapterRow, Content } from './adapter.ts'
import { allBytes } from './readers/bytes.ts'
import { zip_bytes_max } from './readers/limits.ts'
import { peek } from './readers/peek.ts'
import { openZip } from './readers/zip.ts'
import { SourceFault } from './source-fault.ts'

/**
 * The rows of a source file through its adapter, as `Adapter.read` gives them, also when the file is a ZIP of such files: they are read
 * in the order of their names, each with row numbers of its own. A workbook is a ZIP too, and is left to its adapter; a ZIP in a ZIP is refused.
 */
export async function* readSource(adapter: Adapter, content: Content, context: AdapterContext): AsyncGenerator<AdapterRow> {
  const { head, all } = await peek(content, ZIP_SIGNATURE.length)
  if (!ZIP_SIGNATURE.equals(head.subarray(0, ZIP_SIGNATURE.length))) return yield* adapter.read(all, context)
  const bytes = await allBytes(all, zip_bytes_max)
  const { names, open } = await openZip(bytes)
  if (names.includes(WORKBOOK)) return yield* adapter.read(bytes, context)
  const files = names.filter((name) => !NO_FILE.test(name))
  if (files.length === 0) throw fault('leeg', 'Het ZIP-bestand bevat geen bestanden.')
  for (const name of files) {
    const packed = await peek(open(name) as AsyncIterable<Uint8Array>, ZIP_SIGNATURE.length)
    const isZip = ZIP_SIGNATURE.equals(packed.head.subarray(0, ZIP_SIGNATURE.length))
    if (isZip && !name.toLowerCase().endsWith('.xlsx')) throw fault('zip', 'Er zit een ZIP-bestand in het ZIP-bestand.')
    yield* adapter.read(packed.all, context)
  }
}

const ZIP_SIGNATURE = Buffer.from('PK\x03\x04', 'latin1')
/** What every workbook holds. */
const WORKBOOK = 'xl/workbook.xml'
/** What programs add for themselves. */
const NO_FILE = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$)/

function fault(code: string, melding: string): SourceFault {
  return new SourceFault([{ pointer: '', code, melding, watNu: 'Zet de bestanden los in één ZIP-bestand, zonder mappen.' }], 1)
}
