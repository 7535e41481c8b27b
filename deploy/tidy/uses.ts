import { Visitor } from 'oxc-parser'
import type { Module } from './module.ts'

/** Something that a source file does: imports a package, reads a member (`process.env`), calls a function (`Date.now`, `new Date`
 * with its number of arguments), holds a string, or sets a literal status code. */
export interface Use {
  kind: 'import' | 'member' | 'call' | 'string' | 'status'
  text: string
  line: number
  arguments?: number
}

/** What a module does, in the words of `Use`; comments and types do not count. */
export function findUses({ program, imports, slice, lineAt }: Module): Use[] {
  const uses: Use[] = imports
    .filter((entry) => !entry.isLocal)
    .flatMap(({ target, names, line }) => [
      { kind: 'import' as const, text: target, line },
      ...names.map((name) => ({ kind: 'member' as const, text: `${target}#${name}`, line })),
    ])
  const add = (kind: Use['kind'], text: string, start: number, count?: number) =>
    uses.push({ kind, text, line: lineAt(start), ...(count === undefined ? {} : { arguments: count }) })
  new Visitor({
    MemberExpression: (node) => void add('member', slice(node.start, node.end), node.start),
    CallExpression(node) {
      const callee = slice(node.callee.start, node.callee.end)
      add('call', callee, node.start, node.arguments.length)
      if (/\.(status|sendStatus|writeHead)$/.test(callee) && isNumber(node.arguments[0])) add('status', callee, node.start)
    },
    NewExpression: (node) =>
      void add('call', `new ${slice(node.callee.start, node.callee.end)}`, node.start, node.arguments.length),
    AssignmentExpression(node) {
      if (/\.statusCode$/.test(slice(node.left.start, node.left.end)) && isNumber(node.right))
        add('status', 'statusCode', node.start)
    },
    Literal: (node) => void (typeof node.value === 'string' && add('string', node.value, node.start)),
    TemplateLiteral: (node) => void add('string', slice(node.start + 1, node.end - 1), node.start),
  }).visit(program)
  return uses
}

function isNumber(node: { type: string; value?: unknown } | undefined): boolean {
  return node?.type === 'Literal' && typeof node.value === 'number'
}
