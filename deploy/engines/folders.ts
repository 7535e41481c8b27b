import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** The folder in which the engines and their data lie: `ENGINES_DIR`, else `var/engines` of the project. */
export function enginesFolder(): string {
  return process.env.ENGINES_DIR || join(ROOT, 'var/engines')
}

/** A file of this folder, that goes with an engine. */
export function ownFile(...path: string[]): string {
  return join(import.meta.dirname, ...path)
}
