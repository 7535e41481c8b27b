import { writeFileSync } from 'node:fs'
import { compile } from 'json-schema-to-typescript'
import { bundleSchemas } from './bundle.ts'

const BANNER = '// Made from the JSON Schemas of this folder by `npm run types`. Change a schema, not this file.'
const PROVENANCE = / \*\n \* This interface was referenced by `Schemas`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g
/** Rules between fields: they decide validity, but in a type they would only give unions that nobody can read. */
const CONDITIONS = new Set(['if', 'then', 'else', 'not', 'anyOf', 'allOf', 'x-fout', 'examples'])

/** The text of `types.ts`: one type for each schema and each shared definition. */
export async function generateTypes(): Promise<string> {
  const definitions = withoutConditions(bundleSchemas('#/definitions/'))
  const text = await compile(
    { title: 'Schemas', type: 'object', additionalProperties: false, definitions } as object,
    'Schemas',
    {
      bannerComment: BANNER,
      unreachableDefinitions: true,
      ignoreMinAndMaxItems: true,
      additionalProperties: false,
      style: { singleQuote: true, semi: false, printWidth: 130 },
    },
  )
  return text.replace(/\nexport interface Schemas \{\}\n/, '\n').replace(PROVENANCE, '')
}

function withoutConditions<T>(part: T): T {
  if (Array.isArray(part)) return part.map(withoutConditions) as T
  if (typeof part !== 'object' || part === null) return part
  const kept = Object.entries(part).filter(([key]) => !CONDITIONS.has(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutConditions(value)])) as T
}

if (import.meta.main) writeFileSync(new URL('./types.ts', import.meta.url), await generateTypes())
