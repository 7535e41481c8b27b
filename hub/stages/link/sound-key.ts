/**
 * Spellings that sound alike in Dutch, longest first: at each place in the word the first rule that fits is taken. Codes in upper
 * case are sounds without a letter of their own. `$` in a pattern means the end of the word, `^` its beginning.
 */
const SOUND_RULES: readonly (readonly [pattern: string, code: string])[] = [
  ['ssen$', 's'],
  ['zoon$', 's'],
  ['sens$', 's'],
  ['sche$', 's'],
  ['sen$', 's'],
  ['zen$', 's'],
  ['tsj', 'C'],
  ['tch', 'C'],
  ['sch', 's'],
  ['eij', 'Y'],
  ['uij', 'U'],
  ['ouw', 'O'],
  ['auw', 'O'],
  ['ieu', 'iw'],
  ['aai', 'ai'],
  ['ooi', 'oi'],
  ['oei', 'Wi'],
  ['tie$', 'si'],
  ['cks', 'ks'],
  ['eau', 'o'],
  ['se$', 's'],
  ['sz$', 's'],
  ['en$', ''],
  ['ie$', 'i'],
  ['ij$', 'Y'],
  ['ey$', 'Y'],
  ['ei$', 'Y'],
  ['dt', 't'],
  ['th', 't'],
  ['ts$', 's'],
  ['ij', 'Y'],
  ['ei', 'Y'],
  ['ey', 'Y'],
  ['ay', 'ai'],
  ['uy', 'U'],
  ['ui', 'U'],
  ['ou', 'O'],
  ['au', 'O'],
  ['ow', 'O'],
  ['ae', 'a'],
  ['aa', 'a'],
  ['oe', 'W'],
  ['oo', 'o'],
  ['ee', 'e'],
  ['eu', 'E'],
  ['uu', 'u'],
  ['ue', 'u'],
  ['ie', 'i'],
  ['ck', 'k'],
  ['qu', 'kw'],
  ['kh', 'g'],
  ['ch', 'g'],
  ['gh', 'g'],
  ['ph', 'f'],
  ['sz', 's'],
  ['sh', 's'],
  ['sj', 's'],
  ['zh', 's'],
  ['dj', 'j'],
  ['ce', 'se'],
  ['ci', 'si'],
  ['cy', 'sY'],
  ['e$', ''],
  ['d$', 't'],
  ['b$', 'p'],
  ['h$', ''],
  ['c', 'k'],
  ['q', 'k'],
  ['x', 'ks'],
  ['v', 'f'],
  ['z', 's'],
  ['y', 'Y'],
]

const BY_FIRST = new Map<string, (readonly [string, string, boolean])[]>()
for (const [pattern, code] of SOUND_RULES) {
  const atEnd = pattern.endsWith('$')
  const letters = atEnd ? pattern.slice(0, -1) : pattern
  const list = BY_FIRST.get(letters[0]!) ?? []
  list.push([letters, code, atEnd])
  BY_FIRST.set(letters[0]!, list)
}

/** The Dutch sound key of a folded word: names that sound alike in Dutch get the same key (Meijer, Meyer, Meier). */
export function soundKey(word: string): string {
  let key = ''
  for (let at = 0; at < word.length; ) {
    const rule = ruleAt(word, at)
    const code = rule ? rule[1] : word[at]!
    for (const sound of code) if (key[key.length - 1] !== sound) key += sound
    at += rule ? rule[0].length : 1
  }
  return key === '' ? word : key
}

/** An ending is only taken off when something of the word is left before it. */
function ruleAt(word: string, at: number): readonly [string, string, boolean] | undefined {
  for (const rule of BY_FIRST.get(word[at]!) ?? []) {
    if (!word.startsWith(rule[0], at)) continue
    if (!rule[2] || (at >= 2 && at + rule[0].length === word.length)) return rule
  }
  return undefined
}
