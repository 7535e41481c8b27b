import { readFileSync } from 'node:fs'

export interface RedisSettings {
  /** One address, or some nodes of one cluster: `redis://` or, with TLS, `rediss://`. */
  addresses: URL[]
  /** Who signs the servers' certificates, in PEM; null: who the system trusts. */
  ca: string | null
}

const FORM =
  'REDIS_URL: geef redis://[naam:wachtwoord@]host:poort, met TLS rediss://; van een cluster enkele adressen met komma’s ertussen.'

/** How to reach Redis, from the settings; null when there is none. What is wrong goes to `faults`, without a value. */
export function readRedisSettings(value: (name: 'REDIS_URL' | 'REDIS_TLS_CA') => string, faults: string[]): RedisSettings | null {
  const [given, caFile] = [value('REDIS_URL'), value('REDIS_TLS_CA')]
  if (!given) return null
  const addresses = given.split(',').flatMap((address) => URL.parse(address.trim()) ?? [])
  const isSound = ({ protocol, hostname, search }: URL) => /^rediss?:$/.test(protocol) && hostname !== '' && search === ''
  if (addresses.length !== given.split(',').length || !addresses.every(isSound)) faults.push(FORM)
  if (addresses.length > 1 && addresses.some(({ pathname }) => !['', '/', '/0'].includes(pathname)))
    faults.push('REDIS_URL: een cluster heeft geen genummerde databases; laat het pad weg.')
  return { addresses, ca: readCa(caFile, faults) }
}

function readCa(path: string, faults: string[]): string | null {
  if (!path) return null
  try {
    return readFileSync(path, 'utf8')
  } catch {
    faults.push('REDIS_TLS_CA: het bestand is niet te lezen.')
    return null
  }
}
