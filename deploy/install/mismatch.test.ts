import { expect } from 'chai'
import { differingPackage } from './mismatch.mjs'

const wanted = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '2.0.0', integrity: 'sha512-b', optional: true },
  },
}
const a = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } }

describe('what is installed against the lock file', () => {
  it('fits when equal, when an optional package is absent, and when there is more', () => {
    expect(differingPackage(wanted, wanted)).to.equal(undefined)
    expect(differingPackage(wanted, { packages: a })).to.equal(undefined)
    expect(differingPackage(wanted, { packages: { ...a, 'node_modules/c': { version: '1.0.0' } } })).to.equal(undefined)
  })

  it('names the package that is absent, of another version, or of other content', () => {
    expect(differingPackage(wanted, { packages: {} })).to.equal('node_modules/a')
    const newer = { ...a, 'node_modules/b': { version: '2.0.1', integrity: 'sha512-b' } }
    expect(differingPackage(wanted, { packages: newer })).to.equal('node_modules/b')
    const other = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }
    expect(differingPackage(wanted, { packages: other })).to.equal('node_modules/a')
  })
})
