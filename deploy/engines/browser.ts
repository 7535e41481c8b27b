import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { skipWithout } from './absent.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The path of this machine's Chromium, for `executablePath` of playwright-core; without one the test is skipped. */
export function chromiumOrSkip(context: Mocha.Context): string {
  const path = process.env.PATH ?? ''
  return findExecutable(NAMES, path.split(delimiter)) ?? skipWithout(context, 'Chromium', 'deploy/engines/chromium install')
}

/** The first of `names` that stands in one of `folders` and may be run; the order of the names decides. */
export function findExecutable(names: string[], folders: string[]): string | undefined {
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
