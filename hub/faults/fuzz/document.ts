type Json = Record<string, unknown>

/**
 * The published document as a generator of requests can use it: without patterns that only JavaScript reads (what is generated is then
 * freer than the schema), and with ids that exist, each where its kind stands, so that requests come further than the first 404.
 */
export function generable(document: object, ids: Record<string, string[]>): object {
  const { paths, ...rest } = document as { paths?: Record<string, object> }
  const known = Object.entries(paths ?? {}).map(([path, item]) => [path, withIds(item, ids[path.split('/')[1] ?? ''] ?? [])])
  return readable({ ...rest, ...(paths && { paths: Object.fromEntries(known) }) }, ids.registraties ?? []) as object
}

const ID = '#/components/parameters/id'

/** The id in this path, as one that exists or as the document has it. */
function withIds(item: object, ids: string[]): object {
  const { parameters } = item as { parameters?: Json[] }
  if (!parameters || ids.length === 0) return item
  const schema = {
    anyOf: [
      { type: 'string', enum: ids },
      { type: 'string', maxLength: 100 },
    ],
  }
  const own = parameters.map((each) => (each.$ref === ID ? { name: 'id', in: 'path', required: true, schema } : each))
  return { ...item, parameters: own }
}

function readable(part: unknown, registrations: string[]): unknown {
  if (Array.isArray(part)) return part.map((each) => readable(each, registrations))
  if (typeof part !== 'object' || part === null) return part
  const kept = Object.entries(part).filter(([key, value]) => key !== 'pattern' || !String(value).includes('\\p{'))
  const copy: Json = Object.fromEntries(kept.map(([key, value]) => [key, readable(value, registrations)]))
  const { properties } = copy as { properties?: Json }
  if (properties?.registratie) properties.registratie = { anyOf: [{ enum: registrations }, properties.registratie] }
  return copy
}
