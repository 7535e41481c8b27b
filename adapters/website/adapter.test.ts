import { itGivesItsSamples } from '../testing.ts'
import { website } from './adapter.ts'

describe('adapter website', () => {
  itGivesItsSamples(website, new URL('./samples/', import.meta.url))
})
