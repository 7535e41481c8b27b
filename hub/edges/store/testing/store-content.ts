interface Looked {
  engine: 'sqlite' | 'postgresql'
  onStore(statement: string): Promise<Record<string, unknown>[]>
}

/** Every table, and in PostgreSQL what is in it: bytes as base64, all else as it is. */
const TABLES = {
  sqlite: "SELECT name FROM sqlite_schema WHERE type = 'table'",
  postgresql: `select table_name as name, query_to_xml(format('select * from %I', table_name), true, false, '')::text as content
    from information_schema.tables where table_schema = 'public' order by 1`,
}

/** What is in each table of a hub's store, by its name: the same as long as nothing was changed. */
export async function storeContent(test: Looked): Promise<Map<string, string>> {
  const contents = new Map<string, string>()
  for (const { name, content } of await test.onStore(TABLES[test.engine]))
    contents.set(String(name), JSON.stringify(content ?? (await test.onStore(`SELECT * FROM "${name}"`))))
  return contents
}
