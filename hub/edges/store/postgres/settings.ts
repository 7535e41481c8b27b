/** PostgreSQL as the store, with the data keys in a database of their own. */
export interface DatabaseSettings {
  url: string
  keysUrl: string
  /** Connections of one hub to the store; to the keys half as many. */
  pool_max: number
  /** How long a request waits for a connection. */
  wait_ms: number
  /** How long one statement may take, or wait for a lock. */
  statement_ms: number
}

type Values = (
  name: 'DATABASE_URL' | 'KEYS_DATABASE_URL' | 'DATABASE_POOL_MAX' | 'DATABASE_WAIT_MS' | 'DATABASE_STATEMENT_MS',
) => string

/** Null without `DATABASE_URL`: SQLite. What is wrong goes to `faults`, in Dutch. */
export function readDatabaseSettings(value: Values, faults: string[]): DatabaseSettings | null {
  const [url, keysUrl] = [value('DATABASE_URL'), value('KEYS_DATABASE_URL')]
  const limits = readLimits(value, faults)
  if (!url && !keysUrl) return null
  if (!url || !keysUrl) faults.push('DATABASE_URL en KEYS_DATABASE_URL: geef beide, of geen van beide.')
  const store = addressOf('DATABASE_URL', url, faults)
  if (addressOf('KEYS_DATABASE_URL', keysUrl, faults) === store)
    faults.push('KEYS_DATABASE_URL: de datasleutels liggen in een eigen database, met een eigen back-up.')
  return { url, keysUrl, ...limits }
}

function readLimits(value: Values, faults: string[]) {
  const count = (name: 'DATABASE_POOL_MAX' | 'DATABASE_WAIT_MS' | 'DATABASE_STATEMENT_MS', least: number) => {
    const number = /^\d{1,7}$/.test(value(name)) ? Number(value(name)) : 0
    if (number < least) faults.push(`${name}: geef een geheel getal van ${least} of meer.`)
    return number
  }
  return {
    pool_max: count('DATABASE_POOL_MAX', 2),
    wait_ms: count('DATABASE_WAIT_MS', 100),
    statement_ms: count('DATABASE_STATEMENT_MS', 1000),
  }
}

/** Which database an address means, whoever logs in. */
function addressOf(name: string, text: string, faults: string[]): string | undefined {
  if (!text) return undefined
  const url = URL.parse(text)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2)
    faults.push(`${name}: geef een adres als postgres://gebruiker@machine:5432/database.`)
  return url ? `${url.hostname}:${url.port || 5432}${url.pathname}` : name
}
