import { LETTERS, lettersOf } from './derived-keys.ts'

/**
 * Trees of tokens as bytes: null, booleans, whole numbers from 0, texts, bytes, tokens and arrays of these. A token takes five bits a letter, and
 * one byte where it came before; JSON takes eight, and quotes.
 */
export type Tree = null | undefined | boolean | number | string | Uint8Array | readonly Tree[]

/** What a value begins with; arrays and numbers that are small, and tokens that came before, are said by it alone. */
const [NULL, FALSE, TRUE, TOKEN, SHORT_TOKEN, BYTES, TEXT, NUMBER, ARRAY] = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const [ARRAYS, NUMBERS, BEFORE] = [16, 96, 128]
const [TOKEN_LETTERS, SHORT_LETTERS] = [20, 8]
const BITS = 5

const VALUES = new Uint8Array(128).fill(255)
for (let value = 0; value < LETTERS.length; value++) VALUES[LETTERS.charCodeAt(value)] = value

/** One at a time: nothing else runs while a tree is written. */
let room = Buffer.alloc(8192)
let end = 0

/** The same bytes for the same tree; undefined is written as null. */
export function bytesOfTree(tree: Tree): Buffer {
  end = 0
  write(tree, new Map())
  return Buffer.from(room.subarray(0, end))
}

function write(tree: Tree, before: Map<string, number>): void {
  if (tree == null) put(NULL)
  else if (typeof tree === 'boolean') put(tree ? TRUE : FALSE)
  else if (typeof tree === 'number') writeNumber(tree)
  else if (typeof tree === 'string') writeText(tree, before)
  else if (tree instanceof Uint8Array) writeBytes(BYTES, tree)
  else {
    writeLength(tree.length, ARRAY, ARRAYS, NUMBERS)
    for (const each of tree) write(each, before)
  }
}

function writeNumber(number: number): void {
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`${number} is no whole number from 0`)
  writeLength(number, NUMBER, NUMBERS, BEFORE)
}

/** In the byte from `small` to `next` that stands for it, or else behind `tag`, seven bits at a time. */
function writeLength(length: number, tag: number, small: number, next: number): void {
  const isSmall = small + length < next
  put(isSmall ? small + length : tag)
  if (!isSmall) writeCount(length)
}

function writeCount(count: number): void {
  let left = count
  for (; left > 127; left = Math.floor(left / 128)) put((left & 127) | 128)
  put(left)
}

function writeText(text: string, before: Map<string, number>): void {
  const known = before.get(text)
  if (known !== undefined) put(BEFORE + known)
  else if (isToken(text)) {
    if (before.size < 256 - BEFORE) before.set(text, before.size)
    put(text.length === TOKEN_LETTERS ? TOKEN : SHORT_TOKEN)
    writeLetters(text)
  } else writeBytes(TEXT, Buffer.from(text))
}

function isToken(text: string): boolean {
  if (text.length !== TOKEN_LETTERS && text.length !== SHORT_LETTERS) return false
  for (let at = 0; at < text.length; at++) if ((VALUES[text.charCodeAt(at)] ?? 255) === 255) return false
  return true
}

function writeLetters(token: string): void {
  let held = 0
  let bits = 0
  for (let at = 0; at < token.length; at++) {
    held = (held << BITS) | (VALUES[token.charCodeAt(at)] as number)
    bits += BITS
    if (bits < 8) continue
    bits -= 8
    put((held >> bits) & 255)
  }
  if (bits > 0) put((held << (8 - bits)) & 255)
}

function writeBytes(tag: number, bytes: Uint8Array): void {
  put(tag)
  writeCount(bytes.length)
  makeRoom(bytes.length)
  room.set(bytes, end)
  end += bytes.length
}

function put(byte: number): void {
  if (end === room.length) makeRoom(1)
  room[end++] = byte
}

function makeRoom(bytes: number): void {
  if (end + bytes > room.length) room = Buffer.concat([room, Buffer.alloc(room.length + bytes)])
}

/** The tree of such bytes; throws when they are none. Bytes in it are parts of the given ones. */
export function treeOfBytes(bytes: Uint8Array): Tree {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const tree = reader.read()
  reader.mustBeAtEnd()
  return tree
}

class Reader {
  readonly #bytes: Buffer
  readonly #before: string[] = []
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  read(): Tree {
    const tag = this.#byte()
    if (tag >= BEFORE) return this.#before[tag - BEFORE] ?? fail()
    if (tag >= NUMBERS) return tag - NUMBERS
    if (tag >= ARRAYS) return this.#array(tag - ARRAYS)
    switch (tag) {
      case NULL:
        return null
      case FALSE:
      case TRUE:
        return tag === TRUE
      case TOKEN:
        return this.#token(TOKEN_LETTERS)
      case SHORT_TOKEN:
        return this.#token(SHORT_LETTERS)
      case BYTES:
        return this.#part(this.#count())
      case TEXT:
        return this.#part(this.#count()).toString()
      case NUMBER:
        return this.#count()
      case ARRAY:
        return this.#array(this.#count())
      default:
        return fail()
    }
  }

  mustBeAtEnd(): void {
    if (this.#at !== this.#bytes.length) fail()
  }

  #array(length: number): Tree[] {
    const array: Tree[] = []
    for (let each = 0; each < length; each++) array.push(this.read())
    return array
  }

  #token(letters: number): string {
    const bytes = this.#part(Math.ceil((letters * BITS) / 8)).toString('latin1')
    const token = lettersOf(bytes).slice(0, letters)
    if (this.#before.length < 256 - BEFORE) this.#before.push(token)
    return token
  }

  #part(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) fail()
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  #count(): number {
    let count = 0
    for (let unit = 1; ; unit *= 128) {
      const byte = this.#byte()
      count += (byte & 127) * unit
      if (byte < 128) return count
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    return byte === undefined ? fail() : byte
  }
}

function fail(): never {
  throw new RangeError('these bytes are no tree of tokens')
}
