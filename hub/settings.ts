/** One setting of the environment. */
export interface Setting {
  /** Its value when it is absent or empty; `''` is none. Two where the demo and `serve` differ. */
  fallback: string | { demo: string; serve: string }
  /** English, one or two sentences, for the table in docs/operating.md. */
  meaning: string
}

export type SettingName = keyof typeof SETTINGS

/** Every setting of the hub. The table in docs/operating.md is made from this one (`npm run docs`); config.ts reads them. */
export const SETTINGS = {
  HOST: { fallback: '127.0.0.1', meaning: 'Address to listen on.' },
  PORT: { fallback: '8080', meaning: 'Port to listen on; 0 takes a free one.' },
  PUBLIC_URL: {
    fallback: '',
    meaning:
      'Address at which others reach the hub, when that is not `http://HOST:PORT` (a proxy with TLS in front): `https://verwijsindex.voorbeeld.example`. Logging in and DPoP proofs depend on it.',
  },
  DATA_DIR: { fallback: 'var/data', meaning: 'Folder of the database.' },
  KEYS_DIR: { fallback: 'var/keys', meaning: 'Folder of the keys. Never inside `DATA_DIR`, never in the same backup.' },
  STATE_DIR: { fallback: 'var/state', meaning: 'Folder of the last checkpoint of the access log. Apart from the other two.' },
  REGION: { fallback: 'voorbeeld', meaning: 'The region: a name from `schemas/regions/`, or the path of a JSON file.' },
  POLICY: {
    fallback: '',
    meaning: 'The policy: a name from `schemas/policies/`, or the path of a JSON file. None: the one that the region names.',
  },
  DEMO: {
    fallback: { demo: '1', serve: '0' },
    meaning: '`1` or `0` (also `true`, `false`). Each command refuses the mode that is not its own.',
  },
  CLOCK: {
    fallback: '',
    meaning:
      "Where the domain's calendar starts (RFC 3339), in the demo only; it runs on from there. Tokens, signatures and the log keep real time.",
  },
  OIDC_ISSUER: {
    fallback: '',
    meaning: "Address of the identity provider. None: the demo's own; `serve` does not start without it.",
  },
  OIDC_AUDIENCE: { fallback: 'urn:verwijsindex:api', meaning: 'The one audience that a token must name.' },
  TOKEN_BINDING: {
    fallback: { demo: 'none', serve: 'dpop' },
    meaning:
      'How a token is bound to its sender: `none`, `dpop` (RFC 9449) or `mtls` (RFC 8705; needs `TLS_CERT`, which the demo makes itself).',
  },
  TLS_CERT: {
    fallback: '',
    meaning: 'Certificate (and chain) in PEM, with which the hub itself speaks TLS. None: plain HTTP, for behind a proxy.',
  },
  TLS_KEY: { fallback: '', meaning: 'The key of `TLS_CERT`, in PEM.' },
  TLS_CLIENT_CA: {
    fallback: '',
    meaning:
      'Who signs the certificates of clients, in PEM, for `TOKEN_BINDING=mtls`. None: any certificate that the token is bound to, self-signed too.',
  },
  REQUESTS_PER_SECOND: {
    fallback: '1000',
    meaning:
      'Requests per second that a client may make, of each kind (read, write, search); twice as many at once. The rest gets 429.',
  },
  PERSONS_PER_HOUR: {
    fallback: { demo: '50000', serve: '2000' },
    meaning:
      'How many different matches, requests, cases, hand-overs and persons one client may ask for by id or by search in an hour; own registrations, lists and the feed never count. The rest gets 429, and the privacy officer sees it.',
  },
  LOGINS_PER_MINUTE: {
    fallback: { demo: '6000', serve: '300' },
    meaning:
      'Steps of logging in (there are two) per minute from one address, and logins of one person a tenth of it; so many at once. The rest gets 429.',
  },
  PAGES_PER_MINUTE: {
    fallback: { demo: '12000', serve: '120' },
    meaning: 'Pages and forms per minute in one session of the screens; so many at once. The rest gets 429.',
  },
  TRUSTED_PROXIES: {
    fallback: '',
    meaning:
      'Proxies whose `X-Forwarded-For` is believed when requests are counted per address: addresses and ranges (`10.0.0.0/24`), separated by commas. None: it is not read, and who comes by one proxy is counted together.',
  },
  LOG_LEVEL: { fallback: 'info', meaning: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.' },
  METRICS_PORT: {
    fallback: '',
    meaning: 'A port of its own for `/metrics`. None: the main port, for callers on this machine only.',
  },
  DATABASE_URL: {
    fallback: '',
    meaning:
      'PostgreSQL as the store, for one hub or several: `postgres://user@host:5432/name`, with `sslmode=verify-full` over a network. None: SQLite in `DATA_DIR`.',
  },
  KEYS_DATABASE_URL: {
    fallback: '',
    meaning: 'The second database, for the data keys, backed up apart. Required with `DATABASE_URL`.',
  },
  DATABASE_POOL_MAX: {
    fallback: '10',
    meaning: 'Connections of this hub to the store; two more look up keys, half as many go to the data keys.',
  },
  DATABASE_WAIT_MS: { fallback: '5000', meaning: 'How long a request waits for a connection, in milliseconds; then 503.' },
  DATABASE_STATEMENT_MS: {
    fallback: '30000',
    meaning: 'How long one statement may take, or wait for a lock, in milliseconds; then 503.',
  },
  REDIS_URL: {
    fallback: '',
    meaning:
      'Redis for the key index, limits, used DPoP proofs and wake-ups: `redis://name:password@host:6379`, with TLS `rediss://`; of a cluster some nodes, separated by commas. None: in the store and in process.',
  },
  REDIS_TLS_CA: { fallback: '', meaning: 'Who signs the certificates of Redis, in PEM. None: who the system trusts.' },
  FHIR_SOURCES: {
    fallback: '',
    meaning:
      'A JSON file with partners\' FHIR servers from which registrations are read: `[{"client","url","tokenFile","certificateFile","keyFile","caFile"}]`.',
  },
  KAFKA_BROKERS: {
    fallback: '',
    meaning:
      'Kafka beside HTTP: registrations in, events and refusals out. Addresses `host:port`, separated by commas. None: HTTP only.',
  },
  KAFKA_TOPIC_PREFIX: { fallback: 'verwijsindex', meaning: 'How the names of the topics begin.' },
  KAFKA_TLS: { fallback: '0', meaning: '`1`: speak TLS with the brokers.' },
  KAFKA_TLS_CA: { fallback: '', meaning: "Who signs the brokers' certificates, in PEM. None: who the system trusts." },
  KAFKA_TLS_CERT: { fallback: '', meaning: "The hub's own certificate for the brokers, in PEM, where they ask for one." },
  KAFKA_TLS_KEY: { fallback: '', meaning: 'The key of `KAFKA_TLS_CERT`, in PEM.' },
  KAFKA_SASL: {
    fallback: '',
    meaning: 'How the hub logs in at the brokers: `plain` (over TLS only), `scram-sha-256` or `scram-sha-512`.',
  },
  KAFKA_SASL_USERNAME: { fallback: '', meaning: 'With which name.' },
  KAFKA_SASL_PASSWORD_FILE: { fallback: '', meaning: 'A file with the password and nothing else.' },
  INBOX_DIR: {
    fallback: '',
    meaning:
      'A watched folder for files of sources: `<client>/<adapter>/`. Each is read and moved to `klaar` or `fout`, with its result beside it.',
  },
} as const satisfies Record<string, Setting>

/** The value of a setting that is absent, in the demo or outside it. */
export function fallbackOf({ fallback }: Setting, demo: boolean): string {
  return typeof fallback === 'string' ? fallback : fallback[demo ? 'demo' : 'serve']
}
