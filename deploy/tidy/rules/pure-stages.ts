import { isAt } from '../layers.ts'
import type { Breach, Tree } from '../tree.ts'
import { findUses, type Use } from '../uses.ts'

/** Of Node's modules only what computes; of packages everything, since those that act are kept to their edge by "only here". */
const NODE_MODULES = ['node:crypto', 'node:buffer', 'node:util']
const IMPURE = /^(node:crypto#(random\w*|generate\w*)|Math\.random|process\..*|console\..*|performance\..*|Temporal\.Now\b.*)$/
const IMPURE_CALLS = /^(Date\.now|fetch|setTimeout|setInterval|setImmediate|queueMicrotask|crypto\.(randomUUID|getRandomValues))$/

/** The stages have no clock, no randomness and no I/O: time, ids and data come in as values. */
export function pureStages(tree: Tree): Breach[] {
  const stages = [...tree.modules.values()].filter(({ path, isTest }) => isAt(path, 'hub/stages/') && !isTest)
  return stages.flatMap((module) =>
    findUses(module)
      .filter(isImpure)
      .map(({ text, line }) => ({ path: module.path, line, message: `uses ${text}; a stage has no clock, randomness or I/O` })),
  )
}

function isImpure(use: Use): boolean {
  if (use.kind === 'import') return use.text.startsWith('node:') && !NODE_MODULES.includes(use.text)
  if (use.kind === 'member') return IMPURE.test(use.text)
  if (use.kind !== 'call') return false
  return IMPURE_CALLS.test(use.text) || (use.text === 'new Date' && use.arguments === 0)
}
