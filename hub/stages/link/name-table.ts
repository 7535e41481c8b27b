import names from '../../../schemas/link-model/names-1.0.0.json' with { type: 'json' }

/** How common names are, and which given names stand for one another. */
export interface NameTable {
  given: Map<string, number>
  surnames: Map<string, number>
  /** A short name to the formal names it stands for. */
  formal: Map<string, string[]>
  /** A formal name to its short ones. */
  short: Map<string, string[]>
}

/** How common: 0 not in the table, 1 rare, 2 common, 3 among the commonest. */
function bucketsOf(lists: string[]): Map<string, number> {
  const buckets = new Map<string, number>()
  lists.forEach((list, index) => {
    for (const name of list.split(' ')) if (!buckets.has(name)) buckets.set(name, lists.length - index)
  })
  return buckets
}

function formalNames(groups: string[]): Map<string, string[]> {
  const formal = new Map<string, string[]>()
  for (const group of groups) {
    const [head, ...short] = group.split(' ')
    for (const name of short) formal.set(name, [...(formal.get(name) ?? []), head!])
  }
  return formal
}

function shortNames(groups: string[]): Map<string, string[]> {
  return new Map(groups.map((group) => group.split(' ')).map(([head, ...short]) => [head!, short]))
}

/** The table that comes with the model. */
export const NAMES: NameTable = {
  given: bucketsOf(names.voornamen),
  surnames: bucketsOf(names.achternamen),
  formal: formalNames(names.roepnamen),
  short: shortNames(names.roepnamen),
}

/** Whether a folded word is a given name in use. */
export function isKnownGivenName(table: NameTable, word: string): boolean {
  return table.given.has(word) || table.formal.has(word)
}
