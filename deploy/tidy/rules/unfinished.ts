import type { Breach, Tree } from '../tree.ts'

const MARK = /\b(TODO|FIXME|XXX|HACK)\b/

/** No note to finish something later: that belongs in the list of issues, where others see it. */
export function unfinished(tree: Tree): Breach[] {
  return [...tree.modules.values()].flatMap(({ path, comments, lineAt }) =>
    comments
      .filter(({ value }) => MARK.test(value))
      .map(({ start }) => ({ path, line: lineAt(start), message: 'notes something unfinished' })),
  )
}
