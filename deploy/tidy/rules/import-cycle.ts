import type { Breach, Tree } from '../tree.ts'

/** No file imports itself by way of others; type imports included. Each file is named in one cycle at most. */
export function importCycle(tree: Tree): Breach[] {
  const finished = new Set<string>()
  return [...tree.modules.keys()].flatMap((path) => {
    const cycle = findCycle(tree, path, [], finished)
    for (const member of cycle ?? []) finished.add(member)
    return cycle ? [{ path: cycle[0]!, line: 1, message: `imports itself: ${cycle.join(' -> ')}` }] : []
  })
}

/** Depth first; the cycle found first, as paths with the first one repeated at the end. */
function findCycle(tree: Tree, path: string, trail: string[], finished: Set<string>): string[] | undefined {
  const at = trail.indexOf(path)
  if (at >= 0) return [...trail.slice(at), path]
  if (finished.has(path)) return undefined
  const local = tree.modules.get(path)?.imports.filter((entry) => entry.isLocal) ?? []
  for (const { target } of local) {
    const cycle = findCycle(tree, target, [...trail, path], finished)
    if (cycle) return cycle
  }
  finished.add(path)
}
