import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { HubError } from '../../errors.ts'
import { keyFileIn, PURPOSES } from './key-file.ts'
import { linkKeyring } from './link-keyring.ts'
import { openRegionKeys } from './region-keys.ts'
import { addLinkEpoch, dropLinkEpochs, linkEpochsOf, rotateWrapping } from './rotate.ts'

describe('rotating the keys of a region', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    openRegionKeys(dir, { demo: true, storeExists: false })
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const open = () => openRegionKeys(dir, { demo: true, storeExists: true })
  const texts = () => {
    const keys = open()
    return [...PURPOSES.map((purpose) => keys.keyFor(purpose)), keys.wrapping].map((key) => key.toString('hex'))
  }

  it('destroys what the first epoch came of, and keeps every other key as it was', () => {
    const before = texts()
    const { secret } = JSON.parse(readFileSync(keyFileIn(dir), 'utf8'))
    expect(addLinkEpoch(dir, new Date())).to.equal('2')
    expect(linkEpochsOf(dir)).to.eql(['1', '2'])
    expect(() => addLinkEpoch(dir, new Date())).to.throw(HubError)
    expect(dropLinkEpochs(dir)).to.eql(['1'])
    expect(dropLinkEpochs(dir)).to.eql([])
    expect(texts()).to.eql(before)
    expect(readFileSync(keyFileIn(dir), 'utf8')).not.to.include(secret)
    expect([addLinkEpoch(dir, new Date()), dropLinkEpochs(dir), linkEpochsOf(dir)]).to.eql(['3', ['2'], ['3']])
    expect(texts()).to.eql(before)
  })

  it('does not bring back a wrapping key that was rotated', async () => {
    const old = open().wrapping.toString('hex')
    await rotateWrapping(dir, async () => 0)
    addLinkEpoch(dir, new Date())
    dropLinkEpochs(dir)
    const text = readFileSync(keyFileIn(dir), 'utf8')
    expect(open().wrapping.toString('hex')).not.to.equal(old)
    expect(text).not.to.include(Buffer.from(old, 'hex').toString('base64'))
  })

  it('shares no token between epochs, and gives every epoch of a ring its own', () => {
    const ring = linkKeyring(open().linkEpochs)
    expect([ring.now().name, ring.refresh()]).to.eql(['1', false])
    addLinkEpoch(dir, new Date())
    expect([ring.refresh(), ring.now().name, ring.now().current.epoch]).to.eql([true, '1 2', '2'])
    const [old, fresh] = ring.now().all.map((keys) => keys.token('naam', 'noor'))
    expect(old).not.to.equal(fresh)
    dropLinkEpochs(dir)
    expect([ring.refresh(), ring.now().name]).to.eql([false, '1 2'])
    ring.settle()
    expect([ring.now().name, ring.now().current.token('naam', 'noor')]).to.eql(['2', fresh])
  })
})
