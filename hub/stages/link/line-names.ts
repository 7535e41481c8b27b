import type { Lines } from './lines.ts'
import type { NameToken } from './name-token.ts'

/** The surnames of a line, own and a partner's. */
export function surnamesIn(lines: Lines, line: number): readonly NameToken[] {
  const own = lines.names.all[lines.surnames(line)]!
  const partner = lines.names.all[lines.partner(line)]!
  return partner.length === 0 ? own : [...own, ...partner]
}

/** A line's first given name, and what its subject is called. */
export function givenNamesIn(lines: Lines, line: number): readonly NameToken[] {
  const given = lines.names.all[lines.given(line)]!
  const calling = lines.names.all[lines.calling(line)]!
  return calling.length === 0 && given.length < 2 ? given : [...given.slice(0, 1), ...calling]
}
