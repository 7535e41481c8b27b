import { type CreateTableBuilder, type Kysely, sql } from 'kysely'

type Columns = Record<string, 'text' | 'integer' | 'blob' | 'text?' | 'integer?' | 'text!' | 'integer!'>

/** `?` may be null, `!` is the primary key. */
const TABLES: Record<string, Columns> = {
  hub_state: { name: 'text!', value: 'text' },
  registration: {
    seq: 'integer!',
    id: 'text',
    client: 'text',
    organisation: 'text',
    reference: 'blob',
    version: 'integer',
    state: 'text',
    person: 'text?',
    roleInFamily: 'text',
    status: 'text',
    startedOn: 'text',
    endedOn: 'text?',
    municipality: 'text',
    signals: 'integer',
    receivedAt: 'text',
    envelope: 'blob',
  },
  person: { id: 'text!', createdAt: 'text', redirect: 'text?' },
  edge: {
    id: 'integer!',
    a: 'integer',
    b: 'integer',
    kind: 'text',
    origin: 'text',
    provisional: 'integer',
    evidence: 'text',
    model: 'text',
    review: 'text?',
    createdAt: 'text',
  },
  review: {
    id: 'text!',
    registration: 'integer',
    candidate: 'integer',
    state: 'text',
    evidence: 'text',
    model: 'text',
    answeredBy: 'text?',
    createdAt: 'text',
    answeredAt: 'text?',
  },
  consent: {
    id: 'text!',
    registration: 'integer',
    organisation: 'text',
    forAll: 'integer',
    sealed: 'blob',
    withdrawnAt: 'text?',
    createdAt: 'text',
  },
  override: {
    id: 'text!',
    registration: 'integer',
    organisation: 'text',
    recipients: 'text',
    startsAt: 'text',
    endsAt: 'text',
    sealed: 'blob',
    createdBy: 'text',
    createdRole: 'text',
    reviewedBy: 'text?',
    verdict: 'text?',
    reviewedAt: 'text?',
  },
  match: { id: 'text!', kind: 'text', subject: 'text', state: 'text', openedAt: 'text', closedAt: 'text?' },
  follow_up: {
    id: 'text!',
    match: 'text',
    organisation: 'text',
    role: 'text',
    kind: 'text',
    content: 'text',
    recordedBy: 'text',
    createdAt: 'text',
  },
  request: {
    id: 'text!',
    registration: 'integer',
    organisation: 'text',
    receiver: 'text',
    municipality: 'text',
    reason: 'text',
    urgency: 'text',
    state: 'text',
    createdBy: 'text',
    createdAt: 'text',
  },
  event: {
    seq: 'integer!',
    receiver: 'text',
    number: 'integer',
    id: 'text',
    type: 'text',
    time: 'text',
    dataref: 'text',
    municipality: 'text?',
  },
  subscription: {
    id: 'text!',
    client: 'text',
    organisation: 'text',
    url: 'text',
    types: 'text',
    sealedSecret: 'blob',
    state: 'text',
    createdAt: 'text',
  },
  quarantine: {
    id: 'text!',
    client: 'text',
    source: 'text',
    row: 'integer?',
    faults: 'text',
    sealed: 'blob',
    receivedAt: 'text',
  },
  import_report: { id: 'text!', client: 'text', adapter: 'text', createdAt: 'text', sealed: 'blob' },
}

/** Tables whose key has several columns; SQLite keeps them as one tree, without a rowid. */
const KEYED: Record<string, { columns: Columns; key: string[] }> = {
  inbox: {
    columns: {
      source: 'text',
      message: 'blob',
      bodyHash: 'blob',
      registration: 'text',
      version: 'integer',
      applied: 'integer',
      created: 'integer',
      receivedAt: 'text',
    },
    key: ['source', 'message'],
  },
  blocking_key: { columns: { key: 'text', registration: 'integer' }, key: ['key', 'registration'] },
  family_key: { columns: { key: 'text', registration: 'integer' }, key: ['key', 'registration'] },
  match_side: {
    columns: { match: 'text', registration: 'integer', person: 'text', organisation: 'text' },
    key: ['match', 'registration'],
  },
  disclosure: {
    columns: {
      id: 'text',
      match: 'text',
      receiver: 'text',
      number: 'integer',
      state: 'text',
      kind: 'text',
      municipality: 'text',
      own: 'text',
      others: 'text',
      digest: 'text',
      followed: 'integer',
      openedAt: 'text',
      closedAt: 'text?',
      dueOn: 'text',
      overdueTold: 'integer',
    },
    key: ['id', 'receiver'],
  },
  delivery: {
    columns: {
      event: 'integer',
      subscription: 'text',
      state: 'text',
      attempts: 'integer',
      nextAt: 'text',
      claimedUntil: 'text?',
      lastStatus: 'text?',
    },
    key: ['event', 'subscription'],
  },
}

const UNIQUE: [string, string[]][] = [
  ['registration', ['id']],
  ['registration', ['organisation', 'reference']],
  ['event', ['receiver', 'number']],
  ['disclosure', ['receiver', 'number']],
]

const INDEXES: [string, string[]][] = [
  ['registration', ['person']],
  ['family_key', ['registration']],
  ['edge', ['a']],
  ['edge', ['b']],
  ['review', ['registration']],
  ['review', ['candidate']],
  ['consent', ['registration']],
  ['override', ['registration']],
  ['match', ['subject']],
  ['disclosure', ['match']],
  ['disclosure', ['state', 'dueOn']],
  ['match_side', ['registration']],
  ['follow_up', ['match']],
  ['delivery', ['state', 'nextAt']],
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(TABLES)) await withColumns(db.schema.createTable(table), columns).execute()
  for (const [table, { columns, key }] of Object.entries(KEYED)) {
    const builder = withColumns(db.schema.createTable(table), columns)
    await builder
      .addPrimaryKeyConstraint(`${table}_key`, key as never[])
      .modifyEnd(sql`without rowid`)
      .execute()
  }
  for (const [table, columns] of UNIQUE)
    await db.schema
      .createIndex(`${table}_${columns.join('_')}`)
      .unique()
      .on(table)
      .columns(columns)
      .execute()
  for (const [table, columns] of INDEXES)
    await db.schema
      .createIndex(`${table}_by_${columns.join('_')}`)
      .on(table)
      .columns(columns)
      .execute()
  // What waits for linking: small, whatever the size of the table.
  await sql`create index registration_waiting on registration (seq) where state = 'ontvangen'`.execute(db)
}

function withColumns(table: CreateTableBuilder<string>, columns: Columns): CreateTableBuilder<string> {
  return Object.entries(columns).reduce(
    (builder, [name, type]) =>
      builder.addColumn(name, type.replace(/[?!]/, '') as 'text', (column) =>
        type.endsWith('!') ? column.primaryKey() : type.endsWith('?') ? column : column.notNull(),
      ),
    table,
  )
}
