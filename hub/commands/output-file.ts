import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { HubError } from '../errors.ts'

/**
 * Looks whether a file that an option names can be written, before the work begins; makes it, empty, where it is not there. Throws `gebruik`,
 * also when it is the very file that is read (`input`).
 */
export function checkOutput(option: string, path: string | undefined, input?: string): void {
  if (path === undefined) return
  if (input !== undefined && isSame(path, input))
    throw new HubError('gebruik', { detail: `${option}: ${path} is het bestand dat gelezen wordt; kies een ander.` })
  try {
    closeSync(openSync(path, 'a'))
  } catch (cause) {
    throw new HubError('gebruik', { detail: `${option}: ${path} is niet te schrijven.`, cause })
  }
}

function isSame(one: string, other: string): boolean {
  if (!existsSync(one) || !existsSync(other)) return false
  const [a, b] = [statSync(one), statSync(other)]
  return a.isFile() && a.ino === b.ino && a.dev === b.dev
}
