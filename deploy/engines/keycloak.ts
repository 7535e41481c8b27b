import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './engine.ts'
import { ownFile } from './folders.ts'
import { answersOk } from './http.ts'
import { bringArtifact, bringChecked, wrongFiles } from './maven.ts'
import { newPassword } from './password.ts'
import { keptPorts } from './ports.ts'
import { program, run } from './run.ts'

const SUMS = ownFile('keycloak/SHA256SUMS')
const VERSION = '26.7.3'
const REALM = 'verwijsindex'

interface RealmFile {
  clients: { clientId: string; attributes: Record<string, string> }[]
}

/** Keycloak with the realm of `deploy/keycloak`, whose clients get new keys: private in `clients`, a file of JWKs by client id. */
export const keycloak: Engine = {
  name: 'keycloak',
  needs: [
    { program: 'java', packages: ['default-jdk-headless'] },
    { program: 'mvn', packages: ['maven'] },
    { program: 'unzip', packages: ['unzip'] },
  ],
  patience_s: 420,
  install(folder) {
    const archive = join(folder, 'archive')
    bringChecked(SUMS, archive, () => bringArtifact(`org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`, archive))
    if (!existsSync(homeOf(folder)))
      run(program('unzip'), ['-q', join(archive, `keycloak-quarkus-dist-${VERSION}.zip`), '-d', folder])
  },
  isInstalled: (folder) => existsSync(homeOf(folder)) && wrongFiles(SUMS, join(folder, 'archive')).length === 0,
  async prepare(folder) {
    const clients = join(folder, 'client-keys.json')
    // A new import each time: the realm in the project may have changed, and the store of a demo is worth nothing.
    rmSync(join(homeOf(folder), 'data/h2'), { recursive: true, force: true })
    writeRealm(join(homeOf(folder), 'data/import'), clients)
    const [port, management] = await keptPorts(folder, 2)
    const address = { url: `http://127.0.0.1:${port}/realms/${REALM}`, base: `http://127.0.0.1:${port}`, password: newPassword() }
    return {
      command: program('bash'),
      arguments: [
        join(homeOf(folder), 'bin/kc.sh'),
        'start-dev',
        '--import-realm',
        '--cache=local',
        ...listening(port, management),
      ],
      env: {
        KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
        KC_BOOTSTRAP_ADMIN_PASSWORD: address.password,
        JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx384m',
      },
      address: { ...address, clients, health: `http://127.0.0.1:${management}/health/ready` },
    }
  },
  isReady: ({ health }) => answersOk(health as string),
}

const homeOf = (folder: string) => join(folder, `keycloak-${VERSION}`)

function listening(port: number | undefined, management: number | undefined): string[] {
  return [
    '--http-host=127.0.0.1',
    `--http-port=${port}`,
    '--http-management-host=127.0.0.1',
    `--http-management-port=${management}`,
    '--health-enabled=true',
  ]
}

/** The realm of the project with a new public key for every client; the private ones go to `keyFile`. */
function writeRealm(importFolder: string, keyFile: string): void {
  const realm: RealmFile = JSON.parse(readFileSync(ownFile(`../keycloak/${REALM}-realm.json`), 'utf8'))
  const keys = realm.clients.map(({ clientId, attributes }) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const marks = { kid: `${clientId}-1`, alg: 'PS256', use: 'sig' }
    attributes['jwks.string'] = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...marks }] })
    return [clientId, { ...privateKey.export({ format: 'jwk' }), ...marks }] as const
  })
  mkdirSync(importFolder, { recursive: true })
  writeFileSync(join(importFolder, `${REALM}-realm.json`), JSON.stringify(realm))
  writeFileSync(keyFile, JSON.stringify(Object.fromEntries(keys)), { mode: 0o600 })
}
