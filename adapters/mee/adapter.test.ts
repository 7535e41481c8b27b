import { itGivesItsSamples } from '../testing.ts'
import { mee } from './adapter.ts'

describe('adapter mee', () => {
  itGivesItsSamples(mee, new URL('./samples/', import.meta.url))
})
