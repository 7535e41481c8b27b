import { chmodSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

const VAR = join(import.meta.dirname, '../../var')

/** The folder in which the engines and their data lie: `ENGINES_DIR`, else `var/engines` of the project. */
export function enginesFolder(): string {
  return process.env.ENGINES_DIR || join(VAR, 'engines')
}

/** A file of this folder, that goes with an engine. */
export function ownFile(...path: string[]): string {
  return join(import.meta.dirname, ...path)
}

/** Lets another account past `var`, which the demo makes for its own account only, to an engine that is its own; what stands beside it stays shut. */
export function letPast(): void {
  if (existsSync(VAR)) chmodSync(VAR, statSync(VAR).mode | 0o011)
}
