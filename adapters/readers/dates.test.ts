import { expect } from 'chai'
import { toDate } from './dates.ts'

describe('dates as sources write them', () => {
  const cases: [string, string | undefined][] = [
    ['01-04-2013', '2013-04-01'],
    ['1-4-2013', '2013-04-01'],
    ['20130401', '2013-04-01'],
    ['2013-04-01', '2013-04-01'],
    [' 2013-04-01 ', '2013-04-01'],
    ['2013-04-01T00:00:00', '2013-04-01'],
    ['01-04-2013 0:00', '2013-04-01'],
    ['00-04-2013', '2013-04'],
    ['20130400', '2013-04'],
    ['2013-04-00', '2013-04'],
    ['04-2013', '2013-04'],
    ['2013-04', '2013-04'],
    ['00-00-2013', '2013'],
    ['15-00-2013', '2013'],
    ['20130000', '2013'],
    ['2013', '2013'],
    ['29-02-2012', '2012-02-29'],
    ['', ''],
    ['00-00-0000', ''],
    ['00000000', ''],
    ['29-02-2013', undefined],
    ['31-04-2013', undefined],
    ['01-13-2013', undefined],
    ['13-01', undefined],
    ['01/04/2013', undefined],
    ['01-04-13', undefined],
    ['2013-04-01T10:30:00', undefined],
    ['morgen', undefined],
    ['41365', undefined],
  ]
  for (const [text, expected] of cases)
    it(`${text || 'nothing'} is ${expected === undefined ? 'no date' : expected || 'unknown'}`, () =>
      expect(toDate(text)).to.equal(expected))
})
