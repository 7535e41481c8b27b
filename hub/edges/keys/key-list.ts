import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptKey } from './key-file.ts'

/** One key of `KEYS_DIR`, without anything from which it could be guessed. */
export interface ListedKey {
  naam: string
  bestand: string
  /** First 16 hex digits of the SHA-256 of its public part, or of a keyed hash where it has none. */
  vingerafdruk: string
  /** RFC 3339: when the file was last written. */
  gewijzigdOp: string
  /** Of the file, octal: 600, or somebody else can read it. */
  modus: string
}

type Member = [naam: string, value: unknown]
type KeyFile = [file: string, members: (content: Record<string, unknown>) => Member[]]

const FILES: KeyFile[] = [
  [
    'regio.json',
    ({ secret, derived, linking, logKey, logKeysBefore, wrapping, wrappingNext }) => [
      ['geheim', secret ?? (derived as Record<string, unknown> | undefined)?.overig],
      ['koppeling-1', secret],
      ...((linking as { epoch: string; secret: string }[] | undefined) ?? []).map(
        (each): Member => [`koppeling-${each.epoch}`, each.secret],
      ),
      ['logboek', logKey],
      ...((logKeysBefore as KeptKey[] | undefined) ?? []).map(
        (kept): Member => ('pem' in kept ? ['logboek-vorige', kept.pem] : ['logboek-zegel', kept.seal]),
      ),
      ['datasleutels', wrapping ?? secret],
      ['datasleutels-volgende', wrappingNext],
    ],
  ],
  [
    'demo-oidc.json',
    ({ sleutel, eerder }) => [
      ['identiteitsdienst', sleutel],
      ...((eerder as unknown[] | undefined) ?? []).map((key): Member => ['identiteitsdienst-eerder', key]),
    ],
  ],
  ['demo-clients.json', ({ sleutels }) => Object.entries(sleutels ?? {}).map(([id, key]): Member => [`client-${id}`, key])],
  [
    'scherm.json',
    ({ eerder, ...key }) => [
      ['scherm', key],
      ...((eerder as unknown[] | undefined) ?? []).map((old): Member => ['scherm-vorige', old]),
    ],
  ],
]

/** The keys that lie in a folder, in a fixed order. */
export function listKeys(dir: string): ListedKey[] {
  return [...FILES, ...pemFiles(dir)].flatMap(([bestand, membersOf]) => {
    const path = join(dir, bestand)
    if (!existsSync(path)) return []
    const { mode, mtime } = statSync(path)
    const members = membersOf(contentOf(path))
    return members.flatMap(([naam, value]) =>
      value === undefined
        ? []
        : [
            {
              naam,
              bestand,
              vingerafdruk: fingerprint(naam, value),
              gewijzigdOp: mtime.toISOString(),
              modus: (mode & 0o777).toString(8),
            },
          ],
    )
  })
}

/** Keys with their certificates, of the demo over TLS. */
function pemFiles(dir: string): KeyFile[] {
  const names = existsSync(dir) ? readdirSync(dir).sort() : []
  return names.flatMap((name): KeyFile[] => {
    const holder = /^demo-(tls-.+)\.pem$/.exec(name)?.[1]
    return holder === undefined ? [] : [[name, ({ pem }) => [[holder, pem]]]]
  })
}

function contentOf(path: string): Record<string, unknown> {
  const text = readFileSync(path, 'utf8')
  return path.endsWith('.pem') ? { pem: text } : (JSON.parse(text) as Record<string, unknown>)
}

function fingerprint(naam: string, value: unknown): string {
  const hash = createHash('sha256')
  if (typeof value === 'string' && !value.startsWith('-----'))
    hash.update(`vingerafdruk ${naam} `).update(Buffer.from(value, 'base64'))
  else hash.update(publicDer(value))
  return hash.digest('hex').slice(0, 16)
}

function publicDer(value: unknown): Buffer {
  const key = typeof value === 'string' ? createPrivateKey(value) : createPrivateKey({ key: value as never, format: 'jwk' })
  return createPublicKey(key).export({ type: 'spki', format: 'der' })
}
