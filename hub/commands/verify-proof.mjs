// @ts-check
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseVkey } from '../stages/audit/note.mjs'
import { verifyProof } from '../stages/audit/verify-proof.mjs'

// Plain JavaScript without packages: it runs on any Node from 20, also where nothing is installed.

/** @type {import('./command.ts').Command} */
export const command = {
  summary: 'gaat het bewijs van één logregel na, met alleen Node en het bestand',
  help: `Voorbeeld:
  verwijsindex verify-proof bewijs.json --key "verwijsindex/voorbeeld+1a2b3c4d+AQID..."

Gaat na of een logregel onveranderd in het toegangslog staat. Heeft geen database, hub of geïnstalleerde pakketten nodig.
Het bewijs komt van \`verify-log --entry\` of van GET /v1/logregels/{nummer}/bewijs, de sleutel van /v1/controlepunt/_sleutel.

Uitvoer (JSON): {"geldig":true,"boomgrootte","logregel"}, of {"geldig":false,"reden"} met exitcode 1.

Opties:
  --key VKEY   de sleutel van het log (C2SP vkey); haal die langs een andere weg dan het bewijs`,

  async run(args) {
    const request = readArguments(args)
    if (!request) return misuse('Geef één bestand en --key met een geldige sleutel. Zie `--help`.')
    const text = readText(request.file)
    if (text === undefined) return misuse(`Bestand “${request.file}” is niet te lezen.`)
    const verdict = verifyProof(parse(text), request.key)
    process.stdout.write(`${JSON.stringify(verdict)}\n`)
    return verdict.geldig ? 0 : 1
  },
}

/** @param {string[]} args */
function readArguments(args) {
  try {
    const options = /** @type {const} */ ({ key: { type: 'string' }, json: { type: 'boolean' } })
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
    const [file, ...rest] = positionals
    if (file === undefined || rest.length > 0 || !values.key || !parseVkey(values.key)) return undefined
    return { file, key: values.key }
  } catch {
    return undefined
  }
}

/** @param {string} file a path, or `-` for stdin */
function readText(file) {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch {
    return undefined
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return /** @type {unknown} */ (JSON.parse(text))
  } catch {
    return undefined
  }
}

/** @param {string} message */
function misuse(message) {
  process.stderr.write(`${message}\n`)
  return 2
}
