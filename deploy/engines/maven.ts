import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { enginesFolder } from './folders.ts'
import { program, run } from './run.ts'

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1'

/** Brings every jar that a pom.xml asks for into `folder`; what Maven keeps for itself lies in the engines' folder too. */
export function bringJars(pom: string, folder: string): void {
  bring([`${PLUGIN}:copy-dependencies`, '-f', pom, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`], folder)
}

/** Brings one artifact, `group:name:version:type`, into `folder`. */
export function bringArtifact(artifact: string, folder: string): void {
  bring([`${PLUGIN}:copy`, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`], folder)
}

/**
 * Holds the files of `folder` against a list as sha256sum writes it: the same names, the same bytes. Answers what is wrong, in
 * words; empty when nothing is.
 */
export function wrongFiles(list: string, folder: string): string[] {
  const wanted = new Map(
    readFileSync(list, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('  ') as [string, string])
      .map(([sum, name]) => [name, sum]),
  )
  const found = existsSync(folder) ? readdirSync(folder) : []
  const strange = found.filter((name) => !wanted.has(name)).map((name) => `${name}: not in ${list}`)
  const wrong = [...wanted].flatMap(([name, sum]) => {
    if (!found.includes(name)) return [`${name}: absent`]
    const own = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
    return own === sum ? [] : [`${name}: another checksum, ${own}`]
  })
  return [...strange, ...wrong]
}

/** Brings files unless they are there, and refuses any that are not what the list says. */
export function bringChecked(list: string, folder: string, how: () => void): void {
  if (wrongFiles(list, folder).length === 0) return
  how()
  const wrong = wrongFiles(list, folder)
  if (wrong.length > 0) throw new Error(`not what was expected in ${folder}:\n${wrong.slice(0, 5).join('\n')}`)
}

function bring(goal: string[], folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  run(program('mvn'), ['-B', '-q', `-Dmaven.repo.local=${join(enginesFolder(), 'maven')}`, ...goal])
}
