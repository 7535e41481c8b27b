const DEPTH_MAX = 16

type Frame = { members: Set<string> | null; expectsName: boolean }

/**
 * Parses JSON and refuses what `JSON.parse` lets pass: a member given twice (also when spelled with escapes), a member
 * `__proto__`, and nesting deeper than 16. Throws `SyntaxError` without a part of the text. RFC 8725, 2.4 and 3.11.
 */
export function parseStrictJson(text: string): unknown {
  const value = parsePlain(text)
  const open: Frame[] = []
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    const frame = open.at(-1)
    if (sign === '{' || sign === '[') open.push({ members: sign === '{' ? new Set() : null, expectsName: sign === '{' })
    else if (sign === '}' || sign === ']') open.pop()
    else if (sign === ',' && frame) frame.expectsName = frame.members !== null
    else if (sign === '"') {
      const end = endOfString(text, at)
      if (frame?.expectsName) addMember(frame, JSON.parse(text.slice(at, end)) as string)
      at = end - 1
    }
    if (open.length > DEPTH_MAX) throw new SyntaxError('nested too deep')
  }
  return value
}

function parsePlain(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SyntaxError('not JSON')
  }
}

/** The index after the closing quote; the text is known to be well-formed. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function addMember(frame: Frame, name: string): void {
  if (name === '__proto__') throw new SyntaxError('member __proto__')
  if (frame.members?.has(name)) throw new SyntaxError('duplicate member')
  frame.members?.add(name)
  frame.expectsName = false
}
