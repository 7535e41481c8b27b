import { forbidden } from '../layers.ts'
import type { Breach, Tree } from '../tree.ts'

/** Imports point down, and neighbours on one floor do not know each other; type imports included. Tests may reach anywhere, but
 * nothing may reach into a test. */
export function importDirection(tree: Tree): Breach[] {
  const breaches: Breach[] = []
  for (const { path, isTest, imports } of tree.modules.values()) {
    for (const { target, isLocal, line } of imports) {
      if (!isLocal || (isTest && !target.endsWith('.test.ts'))) continue
      const message = target.endsWith('.test.ts') ? `imports ${target}, a test` : forbidden(path, target)
      if (message) breaches.push({ path, line, message })
    }
  }
  return breaches
}
