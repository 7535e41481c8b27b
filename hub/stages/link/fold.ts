const LETTERS: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  ı: 'i',
  ĳ: 'ij',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  þ: 'th',
  ð: 'd',
  ə: 'e',
  ħ: 'h',
}
const SPECIAL = /[ßøłıĳæœđþðəħ]/g
const PLAIN = /^[a-z ]*$/
const MARKS = /\p{M}+/gu
const BROKEN = /[ÃÂÄÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/
const ENTITY = /&([a-zA-Z])(?:acute|grave|uml|circ|cedil|tilde|ring|slash);/g

/**
 * Lower case without marks; letters of other alphabets' Latin forms written out; apostrophes, hyphens and all else to one blank.
 * A character that an export lost ("Jos?", U+FFFD inside a word) is left out, so that the rest stays one word.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (PLAIN.test(lower)) return collapse(lower)
  const repaired = repair(text).toLowerCase()
  const written = repaired
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter)
  return collapse(
    written.replace(/(?<=[a-z])[?\ufffd]+(?=[a-z]|$)|(?<=^|[^a-z])[?\ufffd]+(?=[a-z])/g, '').replace(/[^a-z0-9]+/g, ' '),
  )
}

/** UTF-8 that was read as Windows-1252 ("AndrÃ©") and HTML entities, back to what was meant. */
export function repair(text: string): string {
  const plain = text.includes('&') ? text.replace(ENTITY, '$1') : text
  if (!BROKEN.test(plain)) return plain
  const fixed = Buffer.from(plain, 'latin1').toString('utf8')
  return fixed.includes('\ufffd') ? plain.replace(/[ÃÂ]./g, '') : fixed
}

function collapse(text: string): string {
  return text.trim().replace(/ {2,}/g, ' ')
}
