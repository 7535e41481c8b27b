import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { COMMAND } from '../../faults/child-hub.ts'
import type { Line } from './registrations.ts'

const SPLINK = fileURLToPath(new URL('./splink/link.py', import.meta.url))
/** Beyond this size Splink is left out: it would take minutes and say nothing new. */
const SPLINK_LINES_MAX = 300_000
const BAR = 2
const CHUNK_LINES = 10_000

interface Cost {
  cpu_s: number
  peak_mib: number
}

/**
 * The whole job of `verwijsindex link` on a file of so many lines, and Splink's (seven comparisons, five blocking rules, one thread) on the same file
 * directly after it, in lines per second of CPU. `python` is a Python that has Splink; where there is none, that is said, and the linker is
 * measured alone.
 */
export async function compareSpeed(lines: Line[], python: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'speed-'))
  try {
    const [file, tokens] = [join(folder, 'lines.ndjson'), join(folder, 'tokens.ndjson')]
    for (let at = 0; at < lines.length; at += CHUNK_LINES)
      appendFileSync(
        file,
        lines
          .slice(at, at + CHUNK_LINES)
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(''),
      )
    const plain = await linkCost(folder, [file])
    const told = [`link: ${speedOf(lines, plain)}`]
    const splink = lines.length > SPLINK_LINES_MAX ? null : await splinkCost(folder, python, file)
    if (typeof splink === 'string') told.push(splink)
    else if (splink !== null) {
      const ratio = splink.cpu_s / plain.cpu_s
      told.push(
        `Splink: ${speedOf(lines, splink)}; link is ${ratio.toFixed(2)} times as fast (bar ${BAR}: ${ratio >= BAR ? 'met' : 'NOT met'})`,
      )
    }
    const out = await linkCost(folder, ['--tokens-out', tokens, file])
    told.push(`through tokens, writing them: ${speedOf(lines, out)}`)
    told.push(`through tokens, linking them: ${speedOf(lines, await linkCost(folder, ['--tokens-in', tokens]))}`)
    return told
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function speedOf(lines: Line[], { cpu_s, peak_mib }: Cost): string {
  return `${Math.round(lines.length / cpu_s)} lines/CPU s (${cpu_s.toFixed(1)} s, ${Math.round(peak_mib)} MiB at most)`
}

/** What the command itself says of its process when it ends; its answers are thrown away. */
async function linkCost(folder: string, args: string[]): Promise<Cost> {
  const report = join(folder, 'cost.json')
  const code = `import { writeFileSync } from 'node:fs'
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeFileSync(${JSON.stringify(report)}, JSON.stringify({ cpu_s: (userCPUTime + systemCPUTime) / 1e6, peak_mib: maxRSS / 1024 }))
})`
  const options = `--import data:text/javascript,${encodeURIComponent(code)}`
  const child = spawn(process.execPath, [COMMAND, 'link', ...args], {
    env: { HOME: folder, NODE_OPTIONS: options },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`link ended with ${status}`)
  return JSON.parse(readFileSync(report, 'utf8')) as Cost
}

/** The same of Splink; a text when it cannot be had. */
async function splinkCost(folder: string, python: string, file: string): Promise<Cost | string> {
  const child = spawn(python, [SPLINK, file, join(folder, 'splink.ndjson')], { stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  const status = await once(child, 'close').then(
    ([code]) => code,
    () => 'absent',
  )
  if (status !== 0) return `Splink not measured: “${python}” has none; name a Python that has splink 4.0.17 with --python`
  const { cpuSeconds, peakMegabytes } = JSON.parse(text.trim().split('\n').at(-1)!)
  return { cpu_s: cpuSeconds, peak_mib: peakMegabytes }
}
