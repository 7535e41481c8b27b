import { itGivesItsSamples } from '../testing.ts'
import { jgz } from './adapter.ts'

describe('adapter jgz', () => {
  itGivesItsSamples(jgz, new URL('./samples/', import.meta.url))
})
