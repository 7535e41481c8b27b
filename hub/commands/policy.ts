import { readPolicy } from '../edges/policies.ts'
import { HubError } from '../errors.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'
import { decideLines } from './policy/decide-lines.ts'
import { diffCurrent } from './policy/diff-current.ts'
import { casesBeside, diffPolicies } from './policy/diff-policies.ts'
import { testCases } from './policy/test-cases.ts'

const OPTIONS = { reglement: { type: 'string' }, huidig: { type: 'boolean' }, json: { type: 'boolean' } } as const

const help = `Voorbeelden:
  verwijsindex policy decide peel-en-maas-1g1p gevallen.ndjson
  verwijsindex policy decide ./ons-reglement.json - < gevallen.ndjson
  verwijsindex policy test schemas/policies/jeugdwet-7.3.gevallen.ndjson
  verwijsindex policy diff peel-en-maas-1g1p ouders-12-16
  verwijsindex policy diff peel-en-maas-1g1p ouders-12-16 --huidig

policy decide <reglement> <bestand|->
  Per regel een geval in, per regel een besluit uit, in dezelfde volgorde. Code 0 bij elk besluit;
  code 1 als een regel geen geval is: die krijgt “weigeren” met regel “fout” en de fouten.
policy test <bestand|-> [--reglement R]
  Gevallen met “verwacht”: toont elk verschil en de telling. Code 1 bij een verschil.
  Het reglement staat in de regel zelf, in --reglement of in de bestandsnaam (<id>.gevallen.ndjson).
policy diff <reglement A> <reglement B> [bestand|- ...]
  Welke besluiten anders worden van A naar B. Zonder bestand: de gevallen naast A en B. Code 1 bij een verschil.
policy diff <reglement A> <reglement B> --huidig
  Hetzelfde voor wat nu geregistreerd staat, per registratie en ontvanger: wat er zou veranderen vóór POLICY wisselt. Leest DATA_DIR
  en KEYS_DIR naast een draaiende hub en verandert niets.

Een <reglement> is een id (peel-en-maas-1g1p), een id met versie (peel-en-maas-1g1p@1) of het pad van een eigen bestand.`

export const command: Command = {
  summary: 'Reglement: besluiten nemen, gevallen toetsen, reglementen vergelijken',
  help,
  async run(args) {
    const { positionals, values } = readArguments({ args, allowPositionals: true, options: OPTIONS })
    const [action, first, second, ...files] = positionals
    if (action === 'decide' && first && second && files.length === 0) return decideLines(known(first), second)
    if (action === 'test' && first && !second) return testCases(first, values.reglement)
    if (action === 'diff' && first && second) {
      if (values.huidig && files.length === 0) return diffCurrent(known(first), known(second))
      return diffPolicies(known(first), known(second), files.length > 0 ? files : casesBeside([first, second]))
    }
    throw new HubError('gebruik', { detail: help })
  },
}

/** A policy that the caller named and that is not there is the caller's mistake, not the installation's. */
function known(name: string) {
  try {
    return readPolicy(name)
  } catch (error) {
    throw error instanceof HubError ? new HubError('gebruik', { detail: error.message, cause: error }) : error
  }
}
