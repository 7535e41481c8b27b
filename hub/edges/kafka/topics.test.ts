import { expect } from 'chai'
import { parse } from 'yaml'
import { readText } from '../../../schemas/files.ts'
import { loadRegion } from '../../region.ts'
import { topicsOf } from './topics.ts'

describe('topics of a region', () => {
  const region = loadRegion('voorbeeld')
  const topics = topicsOf('verwijsindex', region)

  it('are one per client and per receiver, and none where nothing is sent', () => {
    expect(topics.registrations.get('mee')).to.equal('verwijsindex.registraties.mee')
    expect([...topics.registrations.keys()]).to.eql([...topics.refused.keys()])
    expect([...topics.registrations.keys()]).not.to.include('beheer')
    expect([...topics.events.keys()]).to.include.members(['mee', 'coordinatiepunt'])
  })

  it('have the addresses of asyncapi.yaml', () => {
    const { channels } = parse(readText('asyncapi.yaml')) as { channels: Record<string, { address: string }> }
    const fill = (name: string) => channels[name]?.address.replace('{prefix}', 'verwijsindex').replace(/\{\w+\}/, 'mee')
    expect(fill('registraties')).to.equal(topics.registrations.get('mee'))
    expect(fill('afgekeurd')).to.equal(topics.refused.get('mee'))
    expect(fill('signalen')).to.equal(topics.events.get('mee'))
  })
})
