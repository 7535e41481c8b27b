import { expect } from 'chai'
import { daitchMokotoff } from './daitch-mokotoff.ts'
import { skeleton } from './skeleton.ts'
import { soundKey } from './sound-key.ts'

describe('sound keys', () => {
  const alike = [
    'meijer meyer meier meijer',
    'vries friese',
    'jansen janssen jansz janse',
    'bruijn bruin bruyn',
    'brouwer brauwer',
    'kok kock cok',
    'smit smidt smith',
    'visser fisser',
    'hendriks hendrix',
    'bakker baker',
    'philip filip',
    'haan haen',
    'dijk dyk',
    'zoet soet',
    'matthijs mathijs',
    'sofie sophie',
    'boer boer',
    'pauw pouw',
    'buis buys',
    'geert gheert',
    'kuiper cuiper cuyper',
    'sara sarah',
    'wit witt',
    'willemsen willems willemse',
  ]
  for (const group of alike) {
    it(`hears one name in ${group}`, () => expect(new Set(group.split(' ').map(soundKey))).to.have.length(1))
  }

  const different = [
    'jan jaap',
    'lisa loes',
    'tim tom',
    'daan dana',
    'vos bos',
    'emma anna',
    'noor nora',
    'bram bas',
    'peters pieters',
  ]
  for (const group of different) {
    it(`hears two names in ${group}`, () => expect(new Set(group.split(' ').map(soundKey))).to.have.length(2))
  }

  it('keeps the bones of transliterated names', () => {
    expect(new Set(['mohammed', 'muhammad', 'mohamed', 'mohamad'].map(skeleton))).to.have.length(1)
    expect(new Set(['youssef', 'yusuf', 'jousef', 'yousef'].map(skeleton))).to.have.length(1)
    expect(skeleton('anna')).to.equal(null)
  })

  it('codes as Daitch and Mokotoff do', () => {
    expect(['auerbach', 'ohrbach', 'lipshitz', 'lippszyc', 'szlamawicz', 'moskowitz'].map(daitchMokotoff)).to.deep.equal([
      '097500',
      '097500',
      '874400',
      '874500',
      '486740',
      '645740',
    ])
  })
})
