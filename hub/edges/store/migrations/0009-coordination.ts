import { type Kysely, sql } from 'kysely'

type Columns = Record<string, string>

/** `?` may be null, `!` is the primary key. */
const TABLES: Record<string, Columns> = {
  coordination_case: {
    id: 'text!',
    point: 'text',
    municipality: 'text',
    state: 'text',
    match: 'text?',
    request: 'text?',
    variant: 'integer?',
    coordinator: 'text?',
    openedAt: 'text',
    closedAt: 'text?',
    askedAt: 'text?',
    keepUntil: 'text?',
    nextAt: 'text',
  },
  case_entry: {
    id: 'text!',
    caseId: 'text',
    kind: 'text',
    content: 'text',
    organisation: 'text',
    role: 'text',
    recordedBy: 'text',
    createdAt: 'text',
  },
  deadline: { id: 'text!', term: 'text', subject: 'text', passesAt: 'text', state: 'text' },
  climb: {
    id: 'text!',
    caseId: 'text',
    ladder: 'text',
    organisation: 'text?',
    startedAt: 'text',
    taken: 'integer',
    lastAt: 'text?',
    nextAt: 'text?',
    state: 'text',
  },
  handover: {
    id: 'text!',
    registration: 'integer',
    fromOrganisation: 'text',
    toOrganisation: 'text',
    state: 'text',
    offeredAt: 'text',
    until: 'text',
    answeredAt: 'text?',
    told: 'integer',
    settled: 'integer',
  },
  follower: {
    id: 'text!',
    registration: 'integer',
    organisation: 'text',
    addedBy: 'text',
    state: 'text',
    createdAt: 'text',
  },
  closing: { registration: 'integer!', reason: 'text', day: 'text' },
  count_record: {
    id: 'text!',
    organisation: 'text',
    municipality: 'text',
    day: 'text',
    list: 'text',
    code: 'text',
    count: 'integer',
  },
}

const KEYED: Record<string, { columns: Columns; key: string[] }> = {
  case_key: { columns: { key: 'text', caseId: 'text' }, key: ['key', 'caseId'] },
  case_registration: {
    columns: { caseId: 'text', registration: 'integer', begin: 'integer' },
    key: ['caseId', 'registration'],
  },
  case_party: { columns: { caseId: 'text', organisation: 'text' }, key: ['caseId', 'organisation'] },
  climb_step: { columns: { climb: 'text', step: 'integer', code: 'text', at: 'text' }, key: ['climb', 'step'] },
}

const INDEXES: [string, string[]][] = [
  ['coordination_case', ['point', 'nextAt', 'id']],
  ['coordination_case', ['state', 'id']],
  ['coordination_case', ['coordinator']],
  ['coordination_case', ['keepUntil']],
  ['case_key', ['caseId']],
  ['case_party', ['organisation', 'caseId']],
  ['case_entry', ['caseId']],
  ['deadline', ['state', 'passesAt']],
  ['deadline', ['subject']],
  ['climb', ['caseId']],
  ['climb', ['nextAt']],
  ['handover', ['registration']],
  ['handover', ['fromOrganisation']],
  ['handover', ['toOrganisation']],
  ['handover', ['settled', 'until']],
  ['follower', ['registration']],
  ['follower', ['organisation']],
  ['request', ['registration']],
]

/** Coordination: cases with what was done in them, terms, ladders, hand-overs, followers, and counts without persons. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(TABLES)) await create(db, table, columns)
  for (const [table, { columns, key }] of Object.entries(KEYED)) await create(db, table, columns, key)
  await db.schema.alterTable('request').addColumn('answeredAt', 'text').execute()
  await db.schema.alterTable('request').addColumn('answer', 'text').execute()
  await db.schema.alterTable('request').addColumn('caseId', 'text').execute()
  await db.schema
    .alterTable('request')
    .addColumn('times', 'integer', (column) => column.notNull().defaultTo(1))
    .execute()
  for (const [table, columns] of INDEXES)
    await db.schema
      .createIndex(`${table}_by_${columns.join('_')}`)
      .on(table)
      .columns(columns)
      .execute()
}

async function create(db: Kysely<unknown>, table: string, columns: Columns, key: string[] = []): Promise<void> {
  const builder = Object.entries(columns).reduce(
    (made, [name, type]) =>
      made.addColumn(name, type.replace(/[?!]/, '') as 'text', (column) =>
        type.endsWith('!') ? column.primaryKey() : type.endsWith('?') ? column : column.notNull(),
      ),
    db.schema.createTable(table),
  )
  if (key.length === 0) return builder.execute()
  await builder
    .addPrimaryKeyConstraint(`${table}_key`, key as never[])
    .modifyEnd(sql`without rowid`)
    .execute()
}
