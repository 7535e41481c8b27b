import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openapiDocument } from '../schemas/openapi.ts'

/** The generator reads TypeScript's own syntax tree, which TypeScript 7 no longer gives: it comes with the version that it knows. */
const GENERATOR = ['--package=openapi-typescript@7.13.0', '--package=typescript@5.9.3']
const TARGET = new URL('./api.ts', import.meta.url)

/** The first line of `api.ts`: from which document it was made. */
export function provenance(): string {
  const digest = createHash('sha256').update(JSON.stringify(openapiDocument())).digest('hex')
  return `// Made from schemas/openapi.yaml by \`npm run client\`. Document: ${digest}\n`
}

function generate(): void {
  const folder = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  try {
    const [source, made] = [join(folder, 'openapi.json'), join(folder, 'api.ts')]
    writeFileSync(source, JSON.stringify(openapiDocument()))
    const { status } = spawnSync('npm', ['exec', '--yes', ...GENERATOR, '--', 'openapi-typescript', source, '-o', made], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (status !== 0) throw new Error(`openapi-typescript ended with ${status}`)
    writeFileSync(TARGET, provenance() + readFileSync(made, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) generate()
