import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Address, Engine } from './engine.ts'
import { ownFile } from './folders.ts'
import { bringChecked, bringJars, wrongFiles } from './maven.ts'
import { newPassword } from './password.ts'
import { keptPorts } from './ports.ts'
import { program, run } from './run.ts'

const SUMS = ownFile('kafka/SHA256SUMS')

/**
 * One Kafka broker (KRaft). `brokers` is its address in plain text; `secure` wants TLS and SASL (PLAIN or SCRAM-SHA-512, user `hub`);
 * who comes to `fault` is sent on to `proxied`, where a test has a proxy of its own.
 */
export const kafka: Engine = {
  name: 'kafka',
  needs: [
    { program: 'java', packages: ['default-jdk-headless'] },
    { program: 'mvn', packages: ['maven'] },
  ],
  patience_s: 90,
  install: (folder) => bringChecked(SUMS, libsOf(folder), () => bringJars(ownFile('kafka/pom.xml'), libsOf(folder))),
  isInstalled: (folder) => existsSync(libsOf(folder)) && wrongFiles(SUMS, libsOf(folder)).length === 0,
  async prepare(folder) {
    const password = makeIdentity(folder)
    const [plain, fault, proxied, secure, controller] = await keptPorts(folder, 5)
    const ports = { plain, fault, proxied, secure, controller }
    const settings = join(folder, 'server.properties')
    writeFileSync(settings, fill(readFileSync(ownFile('kafka/server.properties'), 'utf8'), { ...ports, folder, password }))
    if (!existsSync(join(folder, 'data/meta.properties'))) format(folder, settings, password)
    const log = `-Dlog4j2.configurationFile=file:${ownFile('kafka/log4j2.properties')}`
    const java = ['-Xms256m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError', log, '-cp', join(libsOf(folder), '*')]
    const at = (port: number | undefined) => `127.0.0.1:${port}`
    return {
      command: program('java'),
      arguments: [...java, 'kafka.Kafka', settings],
      address: {
        brokers: at(plain),
        fault: at(fault),
        proxied: at(proxied),
        secure: at(secure),
        password,
        ca: join(folder, 'broker.pem'),
      },
    }
  },
  isReady: ({ brokers }: Address) => answers(brokers as string),
}

const libsOf = (folder: string) => join(folder, 'libs')

function fill(text: string, values: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole))
}

/** The broker's certificate, for 127.0.0.1, and its password; made once, with the data. */
function makeIdentity(folder: string): string {
  const secret = join(folder, 'password')
  if (existsSync(secret)) return readFileSync(secret, 'utf8')
  mkdirSync(folder, { recursive: true })
  const password = newPassword()
  const store = join(folder, 'broker.p12')
  rmSync(store, { force: true })
  const open = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', password, '-alias', 'broker']
  const key = [
    '-keyalg',
    'EC',
    '-groupname',
    'secp256r1',
    '-validity',
    '3650',
    '-dname',
    'CN=127.0.0.1',
    '-ext',
    'san=ip:127.0.0.1',
  ]
  run(program('keytool'), ['-genkeypair', ...open, ...key])
  writeFileSync(join(folder, 'broker.pem'), run(program('keytool'), ['-exportcert', '-rfc', ...open]))
  writeFileSync(secret, password, { mode: 0o600 })
  return password
}

function format(folder: string, settings: string, password: string): void {
  const tool = ['-cp', join(libsOf(folder), '*'), 'kafka.tools.StorageTool']
  const id = run(program('java'), [...tool, 'random-uuid']).trim()
  const user = `SCRAM-SHA-512=[name=hub,password=${password}]`
  run(program('java'), [...tool, 'format', '-t', id, '-c', settings, '--add-scram', user])
}

/** The port opens when the broker takes requests. */
function answers(address: string): Promise<boolean> {
  const [host, port] = address.split(':')
  return new Promise((resolve) => {
    const socket = connect({ host: host as string, port: Number(port) })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
