/** What one request takes: `_bestand` refuses more. */
export interface PartLimits {
  rows_max: number
  bytes_max: number
}

const LINE_FEED = 0x0a
const QUOTE = 0x22
const BOM = Buffer.from('\ufeff')

/**
 * A file of rows in parts that `_bestand` takes, each a file of the same form: lines of JSON, a list in JSON, or CSV, in any encoding
 * that has ASCII for its signs. Null for a file of another form (XML, a workbook), and for one that cannot be read so.
 */
export function partsOf(file: Buffer, limits: PartLimits): Buffer[] | null {
  const bytes = file.subarray(0, BOM.length).equals(BOM) ? file.subarray(BOM.length) : file
  const first = bytes.toString('latin1', 0, 1000).trimStart()[0]
  if (first === '{') return grouped(linesOf(bytes, false), Buffer.alloc(0), limits)
  if (first === '[') return grouped(itemsOf(bytes), Buffer.alloc(0), limits)
  if (first === undefined || first === '<' || first === 'P') return null
  const [head, ...rows] = linesOf(bytes, true)
  return grouped(rows, head as Buffer, limits)
}

/** Lines that hold something; in CSV a line feed between quotes ends none. */
function linesOf(bytes: Buffer, quotes: boolean): Buffer[] {
  const lines: Buffer[] = []
  let from = 0
  let quoted = false
  for (let at = 0; at <= bytes.length; at++) {
    if (quotes && bytes[at] === QUOTE) quoted = quoted ? bytes[at + 1] === QUOTE && ++at > 0 : opensCell(bytes, at)
    if ((bytes[at] !== LINE_FEED || quoted) && at < bytes.length) continue
    const line = bytes.subarray(from, at)
    if (line.toString('latin1').trim() !== '') lines.push(Buffer.concat([line, Buffer.from('\n')]))
    from = at + 1
  }
  return lines
}

function opensCell(bytes: Buffer, at: number): boolean {
  return at === 0 || ';,\t\n'.includes(String.fromCharCode(bytes[at - 1] as number))
}

function itemsOf(bytes: Buffer): Buffer[] {
  try {
    return (JSON.parse(bytes.toString()) as unknown[]).map((item) => Buffer.from(`${JSON.stringify(item)}\n`))
  } catch {
    return []
  }
}

function grouped(rows: Buffer[], head: Buffer, { rows_max, bytes_max }: PartLimits): Buffer[] | null {
  const parts: Buffer[][] = []
  let size = 0
  for (const row of rows) {
    if (parts.length === 0 || (parts.at(-1)?.length ?? 0) > rows_max || size + row.length > bytes_max) {
      parts.push([head])
      size = head.length
    }
    parts.at(-1)?.push(row)
    size += row.length
  }
  return parts.length > 0 ? parts.map((part) => Buffer.concat(part)) : null
}
