const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/tsj|tch|sch|sj|sh|sz|cz|ch|zh/g, 's'],
  [/kh|gh|ck|q|c|g/g, 'k'],
  [/dj|dzj|y|ij/g, 'j'],
  [/ph|v/g, 'f'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/w|ou/g, ''],
  [/d/g, 't'],
]

/**
 * The consonants that stay when a name from another alphabet is written down again (Mohammed, Muhammad, Mohamed). Shorter
 * than three consonants says too little: then null.
 */
export function skeleton(word: string): string | null {
  let text = word
  for (const [spelling, code] of SPELLINGS) text = text.replace(spelling, code)
  const bones = (text[0] ?? '') + text.slice(1).replace(/[aeiouhj]/g, '')
  const single = bones.replace(/^[aeiou]/, 'a').replace(/(.)\1+/g, '$1')
  return single.length >= 3 ? single : null
}
