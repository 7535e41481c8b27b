import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './engine.ts'
import { ownFile } from './folders.ts'
import { answersOk } from './http.ts'
import { bringChecked, bringJars, wrongFiles } from './maven.ts'
import { newPassword } from './password.ts'
import { keptPorts } from './ports.ts'
import { program, run } from './run.ts'

const SUMS = ownFile('fhir/SHA256SUMS')

/** The HAPI FHIR JPA server (R4), over a database in memory: empty after every start. */
export const fhir: Engine = {
  name: 'fhir',
  needs: [
    { program: 'javac', packages: ['default-jdk-headless'] },
    { program: 'mvn', packages: ['maven'] },
  ],
  patience_s: 240,
  install: (folder) => bringChecked(SUMS, libsOf(folder), () => bringJars(ownFile('fhir/pom.xml'), libsOf(folder))),
  isInstalled: (folder) => existsSync(libsOf(folder)) && wrongFiles(SUMS, libsOf(folder)).length === 0,
  async prepare(folder) {
    const classes = join(folder, 'classes')
    mkdirSync(classes, { recursive: true })
    run(program('javac'), ['-proc:none', '-cp', join(libsOf(folder), '*'), '-d', classes, ownFile('fhir/FhirMain.java')])
    const [port] = await keptPorts(folder, 1)
    const token = newPassword()
    const small = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
    const settings = { 'logback.configurationFile': ownFile('fhir/logback.xml'), 'fhir.port': String(port), 'fhir.token': token }
    const properties = Object.entries(settings).map(([name, value]) => `-D${name}=${value}`)
    return {
      command: program('java'),
      arguments: [...small, ...properties, '-cp', `${classes}:${join(libsOf(folder), '*')}`, 'FhirMain'],
      address: { url: `http://127.0.0.1:${port}/fhir`, token },
    }
  },
  isReady: ({ url }) => answersOk(`${url}/metadata?_summary=true`),
}

const libsOf = (folder: string) => join(folder, 'libs')
