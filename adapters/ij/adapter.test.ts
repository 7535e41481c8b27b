import { itGivesItsSamples } from '../testing.ts'
import { ij } from './adapter.ts'

describe('adapter ij', () => {
  itGivesItsSamples(ij, new URL('./samples/', import.meta.url))
})
