import type { Breach, Tree } from '../tree.ts'

const MAX_LINES = 250
const MAX_TEST_LINES = 400
const GENERATED = ['schemas/types.ts', 'client/api.ts']

/** A room that outgrows this is two rooms. */
export function fileLength(tree: Tree): Breach[] {
  const written = [...tree.modules.values()].filter(({ path }) => !GENERATED.includes(path))
  return written.flatMap(({ path, length, isTest }) => {
    const max = isTest ? MAX_TEST_LINES : MAX_LINES
    return length > max ? [{ path, line: max, message: `has ${length} lines; at most ${max}` }] : []
  })
}
