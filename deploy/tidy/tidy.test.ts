import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { RULES } from './rules.ts'
import { readTree, type Tree } from './tree.ts'

describe('tidy', () => {
  let tree: Tree
  before(() => {
    tree = readTree(fileURLToPath(new URL('../../', import.meta.url)))
  })

  for (const [name, rule] of Object.entries(RULES)) {
    it(name, () => {
      const breaches = rule(tree).map(({ path, line, message }) => `${path}:${line} ${message}`)
      expect(breaches, `\n${breaches.join('\n')}\n`).to.deep.equal([])
    })
  }
})
