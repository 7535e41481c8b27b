// mocha --require ./deploy/engines/on-postgresql.ts: every test hub that says nothing else has its store in PostgreSQL.
import { testDefaults } from '../../hub/testing/hub.ts'
import { newDatabases } from './databases.ts'
import { engineOrSkip } from './needed.ts'
import { postgresql } from './postgresql.ts'

export const mochaHooks = {
  async beforeAll(this: Mocha.Context) {
    const { url } = await engineOrSkip(this, postgresql)
    testDefaults.database = () => newDatabases(url as string)
  },
}
