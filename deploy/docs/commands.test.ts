import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const MAIN = fileURLToPath(new URL('../../hub/main.ts', import.meta.url))
const GUIDE = new URL('../../docs/operating.md', import.meta.url)

describe('the commands in the operating guide', () => {
  const guide = readFileSync(GUIDE, 'utf8')
  const help = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, '--help'], { encoding: 'utf8' })
  const commands = [...help.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name)

  it('are those of `verwijsindex --help`', () => {
    const rows = section(guide, 'Commands').filter((line) => line.startsWith('| `'))
    const named = rows.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name))
    expect(commands).to.have.length.above(0)
    expect(named.sort()).to.deep.equal(commands.sort())
  })

  it('are not among what is not there yet', () => {
    const later = [
      ...section(guide, 'Not yet')
        .join(' ')
        .matchAll(/`([a-z-]+)`/g),
    ].map(([, name]) => name)
    expect(later.filter((name) => commands.includes(name))).to.deep.equal([])
  })
})

function section(text: string, title: string): string[] {
  const lines = text.split('\n')
  const from = lines.indexOf(`## ${title}`)
  if (from < 0) throw new Error(`the guide has no section “${title}”`)
  const next = lines.findIndex((line, at) => at > from && line.startsWith('## '))
  return lines.slice(from + 1, next < 0 ? undefined : next)
}
