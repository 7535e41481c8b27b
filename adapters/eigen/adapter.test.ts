import { itGivesItsSamples } from '../testing.ts'
import { eigen } from './adapter.ts'

describe('adapter eigen', () => {
  itGivesItsSamples(eigen, new URL('./samples/', import.meta.url))
})
