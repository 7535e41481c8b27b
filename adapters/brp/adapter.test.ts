import { itGivesItsSamples } from '../testing.ts'
import { brp } from './adapter.ts'

describe('adapter brp', () => {
  itGivesItsSamples(brp, new URL('./samples/', import.meta.url))
})
