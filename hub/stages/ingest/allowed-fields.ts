import type { Registratie } from '../../../schemas/types.ts'

/** Without these there is no registration (interface: required fields); everything else is the policy's choice. */
const ALWAYS = ['bronbericht', 'kenmerk', 'versie', 'betrokkenheid.status', 'betrokkenheid.begindatum', 'contact.functie']

/**
 * A registration with only what the policy lets the hub keep (`velden.opslaan`): dotted paths, each with all below it; in a list the path
 * goes on in every element. What is left out is not stored, so it cannot be told either.
 */
export function allowedFields(registration: Registratie, paths: readonly string[]): Registratie {
  const tree = trees.get(paths) ?? treeOf([...ALWAYS, ...paths])
  trees.set(paths, tree)
  return kept(registration, tree) as Registratie
}

/** The names that are kept at one depth; null where all below is kept. */
type Tree = Map<string, Tree | null>

/** A policy's paths as a tree, made once. */
const trees = new WeakMap<readonly string[], Tree>()

function treeOf(paths: readonly string[]): Tree {
  const root: Tree = new Map()
  for (const path of paths) {
    let at: Tree | null = root
    const names = path.split('.')
    for (const [depth, name] of names.entries()) {
      const below: Tree | null | undefined = at.get(name)
      const next: Tree | null = below === null || depth === names.length - 1 ? null : (below ?? new Map())
      at.set(name, next)
      if (next === null) break
      at = next
    }
  }
  return root
}

function kept(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => kept(item, tree))
  if (typeof value !== 'object' || value === null) return value
  const left: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(value)) {
    const below = tree.get(name)
    if (below !== undefined) left[name] = below === null ? part : kept(part, below)
    else if (name === 'persoon') left[name] = {}
  }
  return left
}
