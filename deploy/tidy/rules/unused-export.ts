import { Visitor } from 'oxc-parser'
import { isAt } from '../layers.ts'
import type { Export, Module } from '../module.ts'
import type { Breach, Tree } from '../tree.ts'

/** Loaded by name from outside, or generated. */
const EXEMPT = ['deploy/test-report.ts', 'deploy/engines/on-postgresql.ts', 'schemas/types.ts', 'client/api.ts']
/** Here a test is not enough to keep an export: what is not reached by the product is dead. Elsewhere (pure functions, test
 * tools) a function may be exported for its test. */
const ACTING = ['hub/edges/', 'hub/commands/', 'hub/flows/', 'hub/pipeline.ts', 'hub/follow-up.ts', 'hub/sweep.ts', 'hub/hub.ts']

/** Exports that no other file imports. A type that its own file uses may be exported: it names part of something that is. */
export function unusedExport(tree: Tree): Breach[] {
  const modules = [...tree.modules.values()]
  const byProduct = namesTaken(modules.filter((module) => !module.isTest))
  const byTests = namesTaken(modules.filter((module) => module.isTest))
  return modules.flatMap((module) => {
    const { path, exports, isTest } = module
    if (isTest || EXEMPT.includes(path)) return []
    const testsCount = path.includes('/testing/') || !ACTING.some((place) => isAt(path, place))
    const isUsed = ({ name, isType }: Export) =>
      has(byProduct, path, name) || (testsCount && has(byTests, path, name)) || (isType && isMentioned(module, name))
    return exports
      .filter((entry) => !isUsed(entry))
      .map(({ name, line }) => ({ path, line, message: `exports ${name}, which nothing uses` }))
  })
}

function namesTaken(modules: Module[]): Map<string, Set<string>> {
  const taken = new Map<string, Set<string>>()
  for (const { target, names } of modules.flatMap((module) => module.imports)) {
    taken.set(target, new Set([...(taken.get(target) ?? []), ...names]))
  }
  return taken
}

function has(taken: Map<string, Set<string>>, path: string, name: string): boolean {
  const names = taken.get(path)
  return names !== undefined && (names.has(name) || names.has('*'))
}

/** Whether a type is used in the file that declares it. */
function isMentioned({ program }: Module, name: string): boolean {
  const mentioned = new Set<string>()
  new Visitor({
    TSTypeReference: ({ typeName }) => void (typeName.type === 'Identifier' && mentioned.add(typeName.name)),
    TSInterfaceHeritage: ({ expression }) => void (expression.type === 'Identifier' && mentioned.add(expression.name)),
  }).visit(program)
  return mentioned.has(name)
}
