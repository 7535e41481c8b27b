import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { HubError } from '../../errors.ts'

/** The adapter that a new one starts from: a table with a row per version of a file, guardians and consents. */
const PATTERN = 'mee'
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/**
 * Makes `adapters/<name>/` under `root` as a working copy of the simplest adapter, with a README to fill in, and adds it to the registry.
 * Answers what was made, a line each. Throws `gebruik` for a name that is taken or no name.
 */
export function makeAdapter(root: URL, name: string): string[] {
  if (!NAME.test(name) || name.length > 40)
    throw new HubError('gebruik', {
      detail: 'Een adapter heet met kleine letters, cijfers en streepjes, zoals ggz of wijk-team.',
    })
  const folder = new URL(`adapters/${name}/`, root)
  if (existsSync(folder)) throw new HubError('gebruik', { detail: `De map adapters/${name} bestaat al.` })
  cpSync(fileURLToPath(new URL(`adapters/${PATTERN}/`, root)), fileURLToPath(folder), { recursive: true })
  for (const file of ['adapter.ts', 'adapter.test.ts', 'columns.ts', 'sample.ts'])
    rewrite(new URL(file, folder), (text) => renamed(text, name))
  writeFileSync(new URL('README.md', folder), readme(name))
  rewrite(new URL('adapters/registry.ts', root), (text) => registered(text, name))
  return [
    `adapters/${name}/columns.ts      de namen van de bron; alleen hier`,
    `adapters/${name}/adapter.ts      van een rij naar een registratie`,
    `adapters/${name}/sample.ts       een voorbeeldbestand, voor \`adapter sample\``,
    `adapters/${name}/samples/        bestanden, elk met wat eruit moet komen`,
    `adapters/${name}/README.md       waarop het gebouwd is, wat is aangenomen, wat wegvalt`,
    'adapters/registry.ts             een regel erbij',
  ]
}

/** `wijk-team` is `wijkTeam` in code. */
function identifier(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function renamed(text: string, name: string): string {
  return text
    .replaceAll(`export const ${PATTERN}:`, `export const ${identifier(name)}:`)
    .replaceAll(`name: '${PATTERN}'`, `name: '${name}'`)
    .replaceAll(`{ ${PATTERN} }`, `{ ${identifier(name)} }`)
    .replaceAll(`(${PATTERN},`, `(${identifier(name)},`)
    .replaceAll(`'adapter ${PATTERN}'`, `'adapter ${name}'`)
    .replace(/\/\*\* The export of MEE's dossiers: .* \*\//, `/** The export of ${name}: CSV with semicolons. See README.md. */`)
    .replaceAll('What MEE calls', `What ${name} calls`)
}

function registered(text: string, name: string): string {
  const own = `import { ${identifier(name)} } from './${name}/adapter.ts'\n`
  const at = text.lastIndexOf('import {')
  const after = text.indexOf('\n', at) + 1
  return `${text.slice(0, after)}${own}${text.slice(after)}`.replace(
    /(const ADAPTERS: Adapter\[\] = \[[^\]]*?),?(\s*\])/,
    `$1, ${identifier(name)}$2`,
  )
}

function rewrite(file: URL, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

function readme(name: string): string {
  return `# ${name}: (whose system, and which export)

CSV with semicolons, Windows-1252 or UTF-8, a row per version. Names: \`columns.ts\`; the order in a file is free.

**Built from** (a real file with invented persons; a description; nothing but the layout in the project's interface).

| source | registration |
|---|---|
| \`Dossiernr\`, \`Volgnr\` | \`kenmerk\`, \`versie\`; together \`bronbericht\` |

**Assumed.** (what nobody could tell you)

**Dropped.** (what the source holds and the registration has no place for)
`
}
