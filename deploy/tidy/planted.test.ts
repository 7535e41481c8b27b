import { expect } from 'chai'
import { RULES } from './rules.ts'
import { treeOf } from './tree.ts'

const LINES = 'const a = 1\n'
const MIT = { version: '1.0.0', integrity: 'sha512-x' }
const lock = (packages: object) => JSON.stringify({ packages: { '': {}, ...packages } })
const importing = (target: string) => `import { x } from '${target}'\nx()\n`

/** For each rule: small trees that break it, and trees that come close and are sound. A tree is its texts by path. */
const PLANTED: Record<keyof typeof RULES, { broken: Record<string, string>[]; sound: Record<string, string>[] }> = {
  'imports point down': {
    broken: [
      { 'hub/stages/link/score.ts': "import type { Store } from '../../ports.ts'" },
      { 'hub/stages/link/score.ts': "export type Store = import('../../ports.ts').Store" },
      { 'schemas/types.ts': "import '../hub/errors.ts'" },
      { 'adapters/mee/map.ts': "import '../../hub/errors.ts'" },
      { 'adapters/mee/map.ts': "import '../ij/map.ts'" },
      { 'hub/pipeline.ts': "export * from './edges/store/store.ts'" },
      { 'hub/edges/http/matches.ts': "import '../store/store.ts'" },
      { 'hub/edges/http/app.ts': "await import('../../hub.ts')" },
      { 'hub/hub.ts': "import './commands/demo.ts'" },
      { 'hub/somewhere.ts': "import './errors.ts'" },
      { 'hub/errors.ts': "import './errors.test.ts'" },
      { 'hub/edges/store/store.ts': "import '../../../deploy/engines/browser.ts'" },
    ],
    sound: [
      { 'hub/edges/http/app.ts': "import '../../ports.ts'\nimport './problem.ts'\nimport express from 'express'" },
      { 'hub/edges/web/app.ts': "import '../http/problem.ts'" },
      { 'hub/stages/link/score.test.ts': "import '../../edges/store/store.ts'" },
      {
        'hub/commands/demo.ts': "// import '../main.ts'\nconst text = `import '../main.ts'`\nimport '../../adapters/registry.ts'",
      },
    ],
  },
  'no import cycles': {
    broken: [
      { 'hub/a.ts': "import './b.ts'", 'hub/b.ts': "export { c } from './c.ts'", 'hub/c.ts': "import type { A } from './a.ts'" },
      { 'hub/a.ts': "import './a.ts'" },
    ],
    sound: [{ 'hub/a.ts': "import './b.ts'\nimport './c.ts'", 'hub/b.ts': "import './c.ts'", 'hub/c.ts': '' }],
  },
  'one place for each thing': {
    broken: [
      { 'hub/hub.ts': 'const port = process.env.PORT' },
      { 'hub/hub.ts': 'const { PORT } = process.env' },
      { 'hub/hub.ts': "import { env } from 'node:process'" },
      { 'hub/edges/http/matches.ts': 'response.status(404).end()' },
      { 'hub/edges/web/page.ts': 'response.statusCode = 201' },
      { 'hub/edges/http/matches.ts': 'response.sendStatus(204)' },
      { 'hub/edges/http/matches.ts': 'const q = `select id from matches where person = 1`' },
      { 'hub/pipeline.ts': "db.exec('DELETE FROM outbox')" },
      { 'hub/pipeline.ts': "import type { Kysely } from 'kysely'" },
      { 'hub/edges/delivery/send.ts': "import { DatabaseSync } from 'node:sqlite'" },
      { 'hub/edges/delivery/send.ts': "import { Kafka } from 'kafkajs'" },
      { 'hub/edges/http/limits.ts': "import { Redis } from 'ioredis'" },
      { 'hub/hub.ts': "import express from 'express'" },
    ],
    sound: [
      { 'hub/config.ts': 'const port = process.env.PORT' },
      { 'hub/hub.ts': "// process.env.PORT\nconst text = 'process.env and status(404)'" },
      { 'hub/edges/http/problem.ts': 'response.status(404)' },
      { 'hub/edges/http/matches.ts': 'response.status(statusOf(error))' },
      { 'hub/edges/store/store.ts': "import { sql } from 'kysely'\nconst q = 'select id from matches'" },
      { 'hub/edges/http/app.ts': "import express from 'express'" },
      { 'hub/edges/http/app.test.ts': 'expect(answer.status(404)).to.equal(process.env.PORT)' },
      { 'hub/commands/demo.ts': "const help = 'Selecteer een map; update van de gegevens'" },
    ],
  },
  'stages are pure': {
    broken: [
      'Date.now()',
      'const now = new Date()',
      'Math.random()',
      'process.exit()',
      "console.log('x')",
      "import { readFileSync } from 'node:fs'",
      "import { randomBytes } from 'node:crypto'",
      "await fetch('x')",
    ].map((text) => ({ 'hub/stages/match/find.ts': text })),
    sound: [
      { 'hub/stages/match/find.ts': "import { createHmac } from 'node:crypto'\nconst day = new Date(now)" },
      { 'hub/edges/clock.ts': 'Date.now()' },
      { 'hub/stages/match/find.test.ts': 'Math.random()' },
    ],
  },
  'files of at most 250 lines, tests of 400': {
    broken: [{ 'hub/a.ts': LINES.repeat(251) }, { 'hub/a.test.ts': LINES.repeat(401) }, { 'deploy/a.mjs': LINES.repeat(251) }],
    sound: [{ 'hub/a.ts': LINES.repeat(250) }, { 'hub/a.test.ts': LINES.repeat(400) }, { 'schemas/types.ts': LINES.repeat(900) }],
  },
  'functions of at most 60 lines': {
    broken: [
      { 'hub/a.ts': `function a() {\n${LINES.repeat(59)}}` },
      { 'hub/a.ts': `const a = async () => {\n${LINES.repeat(59)}}` },
      { 'hub/a.test.ts': `it('x', function () {\n${LINES.repeat(59)}})` },
    ],
    sound: [
      { 'hub/a.ts': `function a() {\n${LINES.repeat(58)}}` },
      { 'hub/a.test.ts': `describe('x', () => {\n${LINES.repeat(100)}})` },
    ],
  },
  'no unused files': {
    broken: [
      { 'package.json': '"start": "node hub/main.ts"', 'hub/main.ts': '', 'hub/lost.ts': '' },
      { 'hub/pipeline.ts': '', 'hub/pipeline.test.ts': "import './pipeline.ts'" },
    ],
    sound: [
      {
        'package.json': '"start": "node hub/start.mjs"',
        'hub/start.mjs': "new URL('main.ts', import.meta.url)",
        'hub/main.ts': '',
      },
      { '.mocharc.json': '"reporter": "./deploy/report.ts"', 'deploy/report.ts': '' },
      { 'adapters/testing.ts': '', 'adapters/mee/map.test.ts': "import '../testing.ts'" },
      { 'deploy/engines/browser.ts': '', 'hub/web.test.ts': "import '../deploy/engines/browser.ts'" },
    ],
  },
  'no unused exports': {
    broken: [
      { 'hub/errors.ts': 'export function lost() {}' },
      { 'hub/errors.ts': 'export interface Lost { a: string }' },
      { 'hub/pipeline.ts': 'export const x = 1', 'hub/pipeline.test.ts': importing('./pipeline.ts') },
      { 'hub/errors.ts': 'export const x = 1, y = 2', 'hub/hub.ts': importing('./errors.ts') },
    ],
    sound: [
      { 'hub/errors.ts': 'export const x = 1', 'hub/main.ts': importing('./errors.ts') },
      { 'hub/stages/match/find.ts': 'export const x = 1', 'hub/stages/match/find.test.ts': importing('./find.ts') },
      { 'hub/errors.ts': 'export const x = 1', 'hub/main.ts': "import * as errors from './errors.ts'" },
      { 'hub/commands/demo.ts': 'export const command = {}', 'hub/main.ts': "const load = () => import('./commands/demo.ts')" },
      {
        'hub/errors.ts': 'export interface P { a: string }\nexport const x = (p: P) => p',
        'hub/main.ts': importing('./errors.ts'),
      },
    ],
  },
  'a reason for each runtime dependency': {
    broken: [
      { 'package.json': '{ "dependencies": { "ajv": "1.0.0" } }' },
      { 'package.json': '{ "dependencies": { "ajv": "1.0.0" } }', 'docs/decisions/dependencies.md': '| `ajv` | |\n' },
      { 'package.json': '{}', 'docs/decisions/dependencies.md': '| `ajv` | checks |\n' },
    ],
    sound: [
      { 'package.json': '{ "dependencies": { "ajv": "1.0.0" } }', 'docs/decisions/dependencies.md': '| `ajv` | checks |\n' },
    ],
  },
  'a lock file for every system': {
    broken: [
      { 'package-lock.json': lock({ 'node_modules/a': { ...MIT, optionalDependencies: { 'a-darwin': '1.0.0' } } }) },
      { 'package-lock.json': lock({ 'node_modules/a': { version: '1.0.0' } }) },
    ],
    sound: [
      {
        'package-lock.json': lock({
          'node_modules/a': { ...MIT, optionalDependencies: { 'a-darwin': '1.0.0' } },
          'node_modules/a-darwin': MIT,
        }),
      },
    ],
  },
  'links lead somewhere': {
    broken: [
      { 'README.md': 'Read [the map](docs/MAP.md).' },
      { 'docs/README.md': '[up](../CHANGES.md)', 'CHANGELOG.md': '' },
      { 'docs/a.md': '[b](b.md#limits)', 'docs/b.md': '# Settings' },
      { 'docs/a.md': '# One\n\n[back](#two)' },
      { 'docs/a.md': '![picture](flow.svg)' },
    ],
    sound: [
      { 'README.md': '[map](docs/MAP.md), [folder](docs/), [there](docs)', 'docs/MAP.md': '' },
      { 'docs/a.md': '[b](b.md#not-yet-keys)', 'docs/b.md': '## Not yet: `keys`' },
      { 'docs/a.md': '[site](https://voorbeeld.example/x), [post](mailto:a@voorbeeld.example)' },
      { 'docs/a.md': '`[not](a-link.md)`\n\n```\n[nor](this.md)\n```\n' },
    ],
  },
  'nothing left unfinished': {
    broken: [{ 'hub/a.ts': '// TO' + 'DO: later' }, { 'hub/a.test.ts': '/* FIX' + 'ME */' }],
    sound: [{ 'hub/a.ts': "const melding = 'TO" + "DO'" }],
  },
}

describe('planted breaches', () => {
  for (const [name, rule] of Object.entries(RULES)) {
    const { broken, sound } = PLANTED[name as keyof typeof RULES]
    it(`${name}: each breach is seen`, () => {
      for (const texts of broken) expect(rule(treeOf(texts)), JSON.stringify(texts)).to.have.length.above(0)
    })
    it(`${name}: what is sound passes`, () => {
      for (const texts of sound) expect(rule(treeOf(texts)), JSON.stringify(texts)).to.deep.equal([])
    })
  }
})
