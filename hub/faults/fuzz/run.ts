import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeSite, type Site, startHub, tokensOf } from '../child-hub.ts'
import { generable } from './document.ts'
import { type Exchange, judge } from './judge.ts'
import { plant, SECRET_BSN, SECRET_NAME } from './plant.ts'

const { values } = parseArgs({ options: { examples: { type: 'string' }, seed: { type: 'string' }, clients: { type: 'string' } } })
const examples = values.examples ?? '50'
const seed = values.seed ?? '1'
const clients = (values.clients ?? 'rubicon,coordinatiepunt,privacy-functionaris,beheer').split(',')

const ENGINE = join(import.meta.dirname, '..', '..', '..', 'deploy', 'engines', 'schemathesis')
const CHECKS =
  'not_a_server_error,status_code_conformance,response_schema_conformance,content_type_conformance,response_headers_conformance'

type TokenOf = (client: string) => Promise<string>

/** Runs Schemathesis as one client over every route but the stream, which does not end. */
async function fuzz(
  program: string,
  root: string,
  site: Site,
  client: string,
  token: TokenOf,
): Promise<{ failed: boolean; text: string }> {
  const args = ['run', join(root, 'api.json'), '--url', `${site.baseUrl}/v1`, '--max-examples', examples, '--seed', seed]
  const more = ['--phases', 'examples,coverage,fuzzing', '--checks', CHECKS, '--exclude-operation-id', 'gebeurtenissenVolgen']
  const output = [
    '--no-color',
    '--report',
    'har',
    '--report-har-path',
    join(root, `${client}.har`),
    '--generation-database',
    'none',
  ]
  const bearer = ['--header', `Authorization: Bearer ${await token(client)}`, '--request-timeout', '15']
  const child = spawn(program, [...args, ...more, ...output, ...bearer], { cwd: root })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (text += part))
  const [code] = await once(child, 'close')
  return { failed: code !== 0, text }
}

async function main(): Promise<void> {
  const program = spawnSync(ENGINE, ['path'], { encoding: 'utf8' }).stdout.trim()
  if (!program) throw new Error('Schemathesis is absent: deploy/engines/schemathesis install')
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const site = await makeSite(root)
  const hub = await startHub(site)
  try {
    const token = tokensOf(site)
    const ids = await plant(site, token)
    const document = await (await fetch(`${site.baseUrl}/v1/openapi.json`)).text()
    writeFileSync(join(root, 'api.json'), JSON.stringify(generable(JSON.parse(document), ids)))
    for (const client of clients) {
      const { failed, text } = await fuzz(program, root, site, client, token)
      const { log } = JSON.parse(readFileSync(join(root, `${client}.har`), 'utf8')) as { log: { entries: Exchange[] } }
      const { requests, byStatus, slowest_ms, bad } = judge(log.entries, [SECRET_NAME, SECRET_BSN], document)
      for (const each of bad.slice(0, 20)) process.stdout.write(`  ${each}\n`)
      if (failed) process.stdout.write(text)
      const counts = Object.entries(byStatus).map(([status, count]) => `${status}: ${count}`)
      report(
        !failed && bad.length === 0,
        client,
        `${requests} requests; ${counts.join(', ')}; slowest ${slowest_ms} ms; bad ${bad.length}`,
      )
    }
  } finally {
    const { code, stderr } = await hub.stop()
    const told = [SECRET_NAME, SECRET_BSN].filter((secret) => stderr.includes(secret))
    report(
      code === 0 && told.length === 0,
      'log of the hub',
      `${stderr.split('\n').length - 1} lines; ended with ${code}; of the secrets ${told.length}`,
    )
    rmSync(root, { recursive: true, force: true })
  }
}

function report(good: boolean, what: string, result: string): void {
  process.stdout.write(`${good ? 'good' : 'BAD '}  ${what.padEnd(22)} ${result}\n`)
  if (!good) process.exitCode = 1
}

process.stdout.write(`seed ${seed}\n`)
await main()
