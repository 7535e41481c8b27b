import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { RULES } from './rules.ts'
import { type Breach, readTree, type Tree } from './tree.ts'

/** Rooms still being furnished: what they hold may wait for its user. */
const WHILE_BUILDING = ['hub/', 'adapters/', 'schemas/']
const WAITS: string[] = ['no unused files', 'no unused exports']

describe('tidy', () => {
  let tree: Tree
  before(() => {
    tree = readTree(fileURLToPath(new URL('../../', import.meta.url)))
  })

  for (const [name, rule] of Object.entries(RULES)) {
    it(name, () => {
      const isDue = ({ path }: Breach) => !WAITS.includes(name) || !WHILE_BUILDING.some((place) => path.startsWith(place))
      const breaches = rule(tree)
        .filter(isDue)
        .map(({ path, line, message }) => `${path}:${line} ${message}`)
      expect(breaches, `\n${breaches.join('\n')}\n`).to.deep.equal([])
    })
  }
})
