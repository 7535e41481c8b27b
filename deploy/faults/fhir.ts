// npm run faults:fhir -- [--patients 500] [--page 10] [--kill-at 37] [--busy 50]
// A partner's FHIR server with so many patients, each with an episode; the hub that reads it is killed (-9) when it asks for a page, and every so many requests
// are answered 429 or 503 with Retry-After. Then what was registered is counted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fhir } from '../engines/fhir.ts'
import { startEngine } from '../engines/running.ts'
import { playFhirKill } from './fhir-kill.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { patients: text, page: text, 'kill-at': text, busy: text } })
const [patients, page] = [Number(values.patients ?? 500), Number(values.page ?? 10)]
const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
try {
  const server = await startEngine(fhir)
  const report = await playFhirKill(root, server, {
    patients,
    page,
    killAt: Number(values['kill-at'] ?? 37),
    busyEvery: Number(values.busy ?? 50),
  })
  const { lost, twice, changed, early, killedAt, requests, busy, logIsWhole } = report
  const isGood = lost === 0 && twice === 0 && changed === 0 && early === 0 && logIsWhole && busy > 0
  process.stdout.write(
    `${isGood ? 'good' : 'BAD '}  ${patients} patients in pages of ${page}, killed at page ${killedAt}; ${requests} requests, ${busy} answered 429 or 503, ${early} of the next ` +
      `too early; lost ${lost}, twice ${twice}, another version ${changed}, log ${logIsWhole ? 'whole' : 'BROKEN'}\n`,
  )
  if (!isGood) process.exitCode = 1
} finally {
  rmSync(root, { recursive: true, force: true })
}
