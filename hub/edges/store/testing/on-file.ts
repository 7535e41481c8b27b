import { DatabaseSync } from 'node:sqlite'

/** What one statement on a SQLite file answers, from outside the hub that has it. */
export function onFile(path: string, statement: string): Record<string, unknown>[] {
  const database = new DatabaseSync(path)
  try {
    return database.prepare(statement).all()
  } finally {
    database.close()
  }
}
