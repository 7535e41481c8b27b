import { isAt } from '../layers.ts'
import type { Breach, Tree } from '../tree.ts'

const STARTERS = ['package.json', '.mocharc.json', '.ci/run']
/** Helpers of tests may live where only tests reach them. */
const TEST_SUPPORT = /(^deploy\/|\/testing(\/|\.ts$))/

/** Every file is reached from a script in package.json, mocha's configuration or .ci/run; test helpers from a test. */
export function unusedFile(tree: Tree): Breach[] {
  const paths = [...tree.modules.keys()]
  const started = paths.filter((path) => STARTERS.some((file) => tree.text(file).includes(path)))
  const inUse = reachedFrom(tree, started)
  const tested = reachedFrom(
    tree,
    [...tree.modules.values()].filter((module) => module.isTest).map(({ path }) => path),
  )
  const unused = paths.filter((path) => !inUse.has(path) && !path.endsWith('.test.ts'))
  return unused
    .filter((path) => !(tested.has(path) && (TEST_SUPPORT.test(path) || isAt(path, 'schemas/'))))
    .map((path) => ({ path, line: 1, message: tested.has(path) ? 'is used by tests only' : 'is used by no file' }))
}

function reachedFrom(tree: Tree, starts: string[]): Set<string> {
  const reached = new Set<string>()
  const waiting = [...starts]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    const local = tree.modules.get(path)?.imports.filter((entry) => entry.isLocal) ?? []
    waiting.push(...local.map(({ target }) => target))
  }
  return reached
}
