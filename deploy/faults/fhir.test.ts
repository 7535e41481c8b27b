import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { fhir } from '../engines/fhir.ts'
import { engineOrSkip } from '../engines/needed.ts'
import { playFhirKill } from './fhir-kill.ts'

describe('a hub that reads a busy FHIR server', function () {
  this.timeout(300_000)
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  after(() => rmSync(root, { recursive: true, force: true }))

  it('goes on after it was killed at page 37, without loss or double, and waits as long as 429 and 503 ask', async function () {
    const server = await engineOrSkip(this, fhir)
    const report = await playFhirKill(root, server, { patients: 80, page: 2, killAt: 37, busyEvery: 20 })
    const { requests, busy, ...wrong } = report
    expect(busy).to.be.greaterThan(0)
    expect(wrong).to.deep.equal({ killedAt: 37, lost: 0, twice: 0, changed: 0, early: 0, logIsWhole: true })
  })
})
