import { isAt } from '../layers.ts'
import type { Module } from '../module.ts'
import type { Breach, Tree } from '../tree.ts'
import { findUses, type Use } from '../uses.ts'

interface OnlyHere {
  what: string
  places: string[]
  isMeant(use: Use): boolean
}

/** Nothing here runs inside the hub: repository checks, and the drivers that measure and break it from outside. */
const TOOLS = ['deploy/', 'hub/bench/', 'hub/faults/']

const ENVIRONMENT = /\bprocess(\.|#)env$/
const SQL =
  /^\s*(select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|(create|drop|alter)\s+(table|index)\s|pragma\s)/i

/** What may stand in one place only, so that a change of mind stays small. Tests and tools are free. */
const ONLY_HERE: OnlyHere[] = [
  {
    what: 'process.env',
    places: ['hub/config.ts', 'hub/verwijsindex.mjs'],
    isMeant: (use) => use.kind === 'member' && ENVIRONMENT.test(use.text),
  },
  { what: 'a status code', places: ['hub/edges/http/problem.ts'], isMeant: (use) => use.kind === 'status' },
  { what: 'SQL', places: ['hub/edges/store/'], isMeant: (use) => use.kind === 'string' && SQL.test(use.text) },
  { what: 'an SQL library', places: ['hub/edges/store/'], isMeant: importOf('kysely', 'node:sqlite', 'pg', 'better-sqlite3') },
  { what: 'kafkajs', places: ['hub/edges/kafka/'], isMeant: importOf('kafkajs') },
  { what: 'ioredis', places: ['hub/edges/redis/'], isMeant: importOf('ioredis') },
  { what: 'express', places: ['hub/edges/http/', 'hub/edges/web/', 'hub/edges/auth/'], isMeant: importOf('express') },
]

/** Things that stand outside the one place they may stand in. */
export function onlyHere(tree: Tree): Breach[] {
  const product = [...tree.modules.values()].filter(({ path, isTest }) => !isTest && !TOOLS.some((place) => isAt(path, place)))
  return product.flatMap((module) => {
    const uses = findUses(module)
    return ONLY_HERE.flatMap((rule) => breachesOf(rule, module, uses))
  })
}

function breachesOf({ what, places, isMeant }: OnlyHere, { path }: Module, uses: Use[]): Breach[] {
  if (places.some((place) => isAt(path, place))) return []
  return uses
    .filter(isMeant)
    .map(({ line }) => ({ path, line, message: `holds ${what}; that stands in ${places.join(', ')} only` }))
}

function importOf(...packages: string[]) {
  return (use: Use) => use.kind === 'import' && packages.some((name) => use.text === name || use.text.startsWith(`${name}/`))
}
