import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder that npm gets as its cache when the user has none that can be used: inside the project, so that nothing is
 * left in the home folder, which may be empty, absent or read-only. `undefined` when npm's own cache will do.
 * @param {string} root the project's folder
 * @returns {string | undefined} */
export function privateCache(root) {
  const own = process.env.npm_config_cache ?? join(homedir(), '.npm')
  try {
    accessSync(join(own, '_cacache'), constants.R_OK | constants.W_OK)
    return undefined
  } catch {
    return join(root, '.cache/npm')
  }
}
