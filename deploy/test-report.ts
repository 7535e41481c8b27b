import Mocha from 'mocha'
import { absentEngines, reasonsElsewhere } from './engines/absent.ts'

/**
 * Mocha's usual report, then every skipped test by name with the command that brings what it needs, then one closing line. With
 * `CI=true` a skipped test fails the run: there, everything must be present. A promise that is rejected and that nobody hears counts as a
 * failure: Mocha by itself lets it pass, where a hub would stop.
 */
export default function testReport(runner: Mocha.Runner, options: Mocha.MochaOptions) {
  const skipped: string[] = []
  const unheard = hearUnheard(runner)
  const strict = process.env.CI === 'true'
  new Mocha.reporters.Spec(runner, options)
  runner.on('pending', (test) => skipped.push(test.fullTitle()))
  runner.on('end', () => {
    const { passes, failures } = runner.stats!
    const lines = [
      ...describeSkipped(skipped, absentEngines(), strict, reasonsElsewhere()),
      ...[...unheard.values()].map((told) => `Rejected, and heard by nobody, ${told}`),
      closingLine(passes, failures + unheard.size, skipped.length),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  })
  return {
    done: (failures: number, end: (failures: number) => void) => end(failures + unheard.size + (strict ? skipped.length : 0)),
  }
}

/** Each rejection once (Mocha tells it a second time), with the test during which it was. */
function hearUnheard(runner: Mocha.Runner): ReadonlyMap<Promise<unknown>, string> {
  const unheard = new Map<Promise<unknown>, string>()
  let current = 'before the first test'
  runner.on('test', (test) => {
    current = `during "${test.fullTitle()}"`
  })
  process.on('unhandledRejection', (reason, promise) => {
    unheard.set(promise, `${current}: ${reason instanceof Error ? reason.stack : String(reason)}`)
  })
  return unheard
}

/** The one line that other programs may read: `12 passed, 0 failed, 0 skipped`. */
export function closingLine(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** The lines above the closing line; none when nothing was skipped. */
export function describeSkipped(
  tests: string[],
  absent: ReadonlyMap<string, string>,
  strict: boolean,
  reasons: ReadonlyMap<string, string> = new Map(),
): string[] {
  if (tests.length === 0) return []
  const named = tests.map((test) => `  - ${test}${reasons.has(test) ? `: ${reasons.get(test)}` : ''}`)
  const lines = [strict ? 'Skipped, which CI=true does not allow:' : 'Skipped:', ...named]
  for (const [engine, command] of absent) lines.push(`${engine} is not on this machine; bring it with: ${command}`)
  return [...lines, '']
}
