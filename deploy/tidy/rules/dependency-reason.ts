import type { Breach, Tree } from '../tree.ts'

const REASONS = 'docs/decisions/dependencies.md'

/** Every runtime dependency has a line in the table that says why it is there, and every line a dependency. */
export function dependencyReason(tree: Tree): Breach[] {
  const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(tree.text('package.json') || '{}')
  const lines = tree.text(REASONS).split('\n')
  const explained = lines.flatMap((line, index) => {
    const name = /^\| `([^`]+)` \| *[^ |]/.exec(line)?.[1]
    return name ? [{ name, line: index + 1 }] : []
  })
  const known = new Set(explained.map(({ name }) => name))
  const unexplained = Object.keys(dependencies).filter((name) => !known.has(name))
  const gone = explained.filter(({ name }) => !(name in dependencies))
  return [
    ...unexplained.map((name) => ({ path: 'package.json', line: 1, message: `${name} has no line in ${REASONS}` })),
    ...gone.map(({ name, line }) => ({ path: REASONS, line, message: `${name} is no runtime dependency` })),
  ]
}
