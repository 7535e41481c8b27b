import { itGivesItsSamples } from '../testing.ts'
import { bregje } from './adapter.ts'

describe('adapter bregje', () => {
  itGivesItsSamples(bregje, new URL('./samples/', import.meta.url))
})
