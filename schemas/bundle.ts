import { readSchemas, type Schema } from './files.ts'

/**
 * All schemas side by side under their names (`title`, or the key in `$defs`), with every reference to a file or to a
 * definition in one turned into `prefix` + name. References are `registratie.json`, its `$id`, or either with `#/$defs/X`.
 */
export function bundleSchemas(prefix: string): Record<string, Schema> {
  const bundle: Record<string, Schema> = {}
  for (const [file, schema] of readSchemas()) {
    const { $schema: _draft, $id: _id, $defs, ...own } = schema
    if (own.type !== undefined || own.oneOf !== undefined) add(bundle, String(own.title), rewrite(own, file, prefix))
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Schema>)) {
      add(bundle, name, rewrite(definition, file, prefix))
    }
  }
  return bundle
}

/** A copy of any part of a document in which the references point into the bundle; `file` is where `#` refers to. */
export function rewrite<T>(part: T, file: string, prefix: string): T {
  if (Array.isArray(part)) return part.map((item) => rewrite(item, file, prefix)) as T
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).map(([key, value]) => [
    key,
    key === '$ref' && typeof value === 'string' ? target(value, file, prefix) : rewrite(value, file, prefix),
  ])
  return Object.fromEntries(entries)
}

const REFERENCE = /^(?:urn:verwijsindex:schema:([a-z-]+):1|([a-z-]+)\.json)?(?:#\/\$defs\/(\w+))?$/

function target(reference: string, file: string, prefix: string): string {
  const parts = REFERENCE.exec(reference)
  if (!parts) return reference
  return prefix + (parts[3] ?? titleOf(parts[1] ?? parts[2] ?? file))
}

let titles: Map<string, string> | undefined

function titleOf(file: string): string {
  titles ??= new Map([...readSchemas()].map(([name, schema]) => [name, String(schema.title)]))
  const title = titles.get(file)
  if (title === undefined) throw new Error(`no schema ${file}.json`)
  return title
}

function add(bundle: Record<string, Schema>, name: string, schema: Schema): void {
  if (name in bundle) throw new Error(`two schemas are named ${name}`)
  bundle[name] = schema
}
