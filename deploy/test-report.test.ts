import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

  it('counts as a failure that a promise is rejected and nobody hears', () => {
    const unheard = `it('goes on', async () => {
      Promise.reject(new Error('unheard'))
      await new Promise((done) => setTimeout(done, 20))
    })`
    const { status, stdout } = runMocha(unheard)
    expect(stdout).to.include('1 passed, 1 failed, 0 skipped').and.include('goes on": Error: unheard')
    expect(status).to.equal(1)
    expect(runMocha(unheard.replace('))\n', ')).catch(() => {})\n')).stdout).to.include('1 passed, 0 failed, 0 skipped')
  })
})

function runMocha(test: string): { status: number | null; stdout: string } {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  try {
    const file = join(folder, 'one.test.mjs')
    writeFileSync(file, test)
    const mocha = fileURLToPath(import.meta.resolve('mocha/bin/mocha.js'))
    const options = ['--no-config', '--reporter', fileURLToPath(new URL('test-report.ts', import.meta.url)), file]
    return spawnSync(process.execPath, [mocha, ...options], { encoding: 'utf8', env: { ...process.env, CI: '' } })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
