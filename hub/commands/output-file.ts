import { closeSync, openSync } from 'node:fs'
import { HubError } from '../errors.ts'

/** Looks whether a file that an option names can be written, before the work begins; makes it, empty, where it is not there. Throws `gebruik`. */
export function checkOutput(option: string, path: string | undefined): void {
  if (path === undefined) return
  try {
    closeSync(openSync(path, 'a'))
  } catch (cause) {
    throw new HubError('gebruik', { detail: `${option}: ${path} is niet te schrijven.`, cause })
  }
}
