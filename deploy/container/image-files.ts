import { cpSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What a Dockerfile copies from the context, each with where it goes. */
export function copiesOf(dockerfile: string): { from: string; to: string }[] {
  return [...dockerfile.matchAll(/^COPY (?!--from)(.+) (\S+)$/gm)].flatMap(([, paths = '', to = '']) =>
    paths.split(' ').map((from) => ({ from, to })),
  )
}

/** Puts together, by hand, the tree that the last stage of a Dockerfile makes of `root`, without its packages. */
export function assemble(root: string, dockerfile: string, into: string): void {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
  const ignored = lines.filter((line) => line !== '' && line !== '*' && !/^[#!]/.test(line))
  const left = new Set(ignored.flatMap((pattern) => globSync(pattern, { cwd: root, exclude: (name) => name === 'node_modules' })))
  mkdirSync(into, { recursive: true })
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
  for (const { from, to } of copiesOf(last))
    cpSync(join(root, from), to.endsWith('/') ? join(into, to, from) : join(into, to), { recursive: true })
  for (const path of left) rmSync(join(into, path), { recursive: true, force: true })
}
