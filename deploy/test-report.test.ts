import { expect } from 'chai'
import { closingLine, describeSkipped } from './test-report.ts'

describe('the report of a test run', () => {
  it('closes with one fixed line', () => {
    expect(closingLine(12, 0, 3)).to.equal('12 passed, 0 failed, 3 skipped')
  })

  it('names what was skipped and the command that brings what was absent', () => {
    const lines = describeSkipped(['screen opens'], new Map([['Chromium', 'bring-chromium']]), false)
    expect(lines.join('\n')).to.include('screen opens').and.include('bring-chromium')
  })

  it('says why a test has nothing to show on the engine of the run', () => {
    const lines = describeSkipped(['reads files', 'screen opens'], new Map(), false, new Map([['reads files', 'no files here']]))
    expect(lines).to.include.members(['  - reads files: no files here', '  - screen opens'])
  })

  it('says nothing when nothing was skipped', () => {
    expect(describeSkipped([], new Map(), true)).to.deep.equal([])
  })
})
