import { readdirSync, readFileSync } from 'node:fs'

export type Schema = { [keyword: string]: unknown }

const FOLDER = new URL('./', import.meta.url)
const OURS = 'urn:verwijsindex:schema:'

/** Every JSON Schema of this folder, by its file's name without `.json`, in alphabetical order. */
export function readSchemas(): ReadonlyMap<string, Schema> {
  schemas ??= readAll()
  return schemas
}

/** The text of a file of this folder. */
export function readText(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8')
}

let schemas: Map<string, Schema> | undefined

function readAll(): Map<string, Schema> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  const files = names.sort().map((name) => [name.slice(0, -'.json'.length), JSON.parse(readText(name)) as Schema] as const)
  return new Map(files.filter(([, schema]) => String(schema.$id).startsWith(OURS)))
}
