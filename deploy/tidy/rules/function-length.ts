import { type Node, Visitor } from 'oxc-parser'
import type { Module } from '../module.ts'
import type { Breach, Tree } from '../tree.ts'

const MAX_LINES = 60

/** Functions of at most 60 lines. The callback of a `describe` is a chapter, not a function, and does not count. */
export function functionLength(tree: Tree): Breach[] {
  return [...tree.modules.values()].flatMap((module) => {
    const { path, lineAt } = module
    return functionsOf(module).flatMap(({ start, end }) => {
      const lines = lineAt(end) - lineAt(start) + 1
      return lines > MAX_LINES
        ? [{ path, line: lineAt(start), message: `has a function of ${lines} lines; at most ${MAX_LINES}` }]
        : []
    })
  })
}

function functionsOf({ program, slice }: Module): Node[] {
  const functions = new Set<Node>()
  const chapters = new Set<Node>()
  const collect = (node: Node) => void functions.add(node)
  new Visitor({
    FunctionDeclaration: collect,
    FunctionExpression: collect,
    ArrowFunctionExpression: collect,
    CallExpression({ callee, arguments: parts }) {
      if (/^describe\b/.test(slice(callee.start, callee.end))) for (const part of parts) chapters.add(part)
    },
  }).visit(program)
  return [...functions].filter((node) => !chapters.has(node))
}
