/** One way in which a value may lie in a file. */
export interface Needle {
  form: string
  /** Lower case: the haystack is looked at in lower case too where `anyCase`. */
  bytes: Buffer
  anyCase: boolean
}

/** A number as digits and as integers, as text in the usual encodings. */
export function needlesOfNumber(digits: string): Needle[] {
  const value = Number(digits)
  const integer = (form: string, write: (buffer: Buffer) => void): Needle => {
    const bytes = Buffer.alloc(4)
    write(bytes)
    return { form, bytes, anyCase: false }
  }
  // A 64-bit integer holds the same four bytes.
  return [
    ...needlesOfText(digits),
    integer('little-endian', (buffer) => buffer.writeUInt32LE(value)),
    integer('big-endian', (buffer) => buffer.writeUInt32BE(value)),
    { form: 'hex number', bytes: Buffer.from(value.toString(16)), anyCase: true },
  ]
}

/** A text in any case: plain, UTF-16, hex, URL-encoded, and base64 at each of its three alignments. */
export function needlesOfText(text: string): Needle[] {
  const lower = text.toLowerCase()
  const cases = [...new Set([text, lower, text.toUpperCase()])]
  const anyCase = (form: string, bytes: Buffer): Needle => ({ form, bytes, anyCase: true })
  return [
    anyCase('text', Buffer.from(lower)),
    anyCase('UTF-16', Buffer.from(lower, 'utf16le')),
    ...cases.map((each) => anyCase('hex', Buffer.from(Buffer.from(each).toString('hex')))),
    ...cases.map((each) =>
      anyCase('URL-encoded', Buffer.from([...Buffer.from(each)].map((byte) => `%${byte.toString(16)}`).join(''))),
    ),
    ...cases.flatMap((each) =>
      [0, 1, 2].map((shift): Needle => ({ form: `base64+${shift}`, bytes: base64(each, shift), anyCase: false })),
    ),
  ]
}

/** The letters that are the same whatever stands before and after. */
function base64(text: string, shift: number): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
    .toString('base64')
    .replaceAll('=', '')
  const whole = Math.floor(((shift + Buffer.byteLength(text)) * 8) / 6)
  return Buffer.from(encoded.slice(Math.ceil((shift * 8) / 6), whole))
}

/** The forms in which any of these lies in the bytes. */
export function findNeedles(needles: Needle[], haystack: Buffer): string[] {
  const lower = lowered(haystack)
  return needles.filter(({ bytes, anyCase }) => (anyCase ? lower : haystack).includes(bytes)).map(({ form }) => form)
}

function lowered(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let at = 0; at < copy.length; at++) if (copy[at]! >= 0x41 && copy[at]! <= 0x5a) copy[at]! += 0x20
  return copy
}
