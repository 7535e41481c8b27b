import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCode, type Module, readModule } from './module.ts'

/** A source tree as the rules see it. */
export interface Tree {
  modules: ReadonlyMap<string, Module>
  /** Every file, code or not. */
  paths: ReadonlySet<string>
  /** Files that are no code but that rules read, by path; absent ones read as empty. */
  text(path: string): string
}

/** What is wrong where. `path` is relative to the project's folder. */
export interface Breach {
  path: string
  line: number
  message: string
}

/** A rule of the tidy test: every breach in the tree. */
export type Rule = (tree: Tree) => Breach[]

/** Makes a tree of texts by path. */
export function treeOf(texts: Record<string, string>): Tree {
  const code = Object.entries(texts).filter(([path]) => isCode(path))
  return {
    modules: new Map(code.map(([path, text]) => [path, readModule(path, text)])),
    paths: new Set(Object.keys(texts)),
    text: (path) => texts[path] ?? '',
  }
}

/** Reads what Git knows or would add: committed, staged and new files, without what is ignored or generated. */
export function readTree(root: string): Tree {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const paths = listing.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const code = treeOf(Object.fromEntries(paths.filter(isCode).map((path) => [path, read(path)])))
  return { modules: code.modules, paths: new Set(paths), text: (path) => (paths.includes(path) ? read(path) : '') }
}
