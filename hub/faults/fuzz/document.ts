type Json = Record<string, unknown>

/**
 * The published document as a generator of requests can use it: without patterns that only JavaScript reads (what is generated is then
 * freer than the schema), and with ids that exist, so that requests come further than the first 404.
 */
export function generable(document: unknown, ids: string[]): unknown {
  if (Array.isArray(document)) return document.map((part) => generable(part, ids))
  if (typeof document !== 'object' || document === null) return document
  const kept = Object.entries(document).filter(([key, value]) => key !== 'pattern' || !String(value).includes('\\p{'))
  const copy: Json = Object.fromEntries(kept.map(([key, value]) => [key, generable(value, ids)]))
  if (copy.in === 'path' && copy.name === 'id') copy.schema = { anyOf: [{ enum: ids }, copy.schema] }
  const { properties } = copy as { properties?: Json }
  if (properties?.registratie) properties.registratie = { anyOf: [{ enum: ids }, properties.registratie] }
  return copy
}
