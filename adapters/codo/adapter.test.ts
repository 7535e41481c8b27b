import { itGivesItsSamples } from '../testing.ts'
import { codo } from './adapter.ts'

describe('adapter codo', () => {
  itGivesItsSamples(codo, new URL('./samples/', import.meta.url))
})
