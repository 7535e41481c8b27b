import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ErasureList } from '../ports/consents.ts'

/** Where the list lies in `STATE_DIR`: apart from the database and the keys, so that no backup of those takes it back in time. */
const LIST = 'gewist'

/** The erasure list as a file: an id and a day a line, each synced before `add` resolves. A line cut off by a power cut is none. */
export function erasureFile(stateDir: string): ErasureList {
  const path = join(stateDir, LIST)
  return {
    async add(ids, on) {
      if (ids.length === 0) return
      await mkdir(stateDir, { recursive: true, mode: 0o700 })
      const file = await open(path, 'a', 0o600)
      try {
        await file.appendFile(`${ids.map((id) => `${id} ${on}\n`).join('')}`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
    async list() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return ''
        throw error
      })
      const whole = text.slice(0, text.lastIndexOf('\n') + 1)
      return [...new Set(whole.split('\n').flatMap((line) => /^(r_[0-9A-Z]{26}) /.exec(line)?.[1] ?? []))]
    },
  }
}
