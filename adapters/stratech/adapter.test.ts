import { itGivesItsSamples } from '../testing.ts'
import { stratech } from './adapter.ts'

describe('adapter stratech', () => {
  itGivesItsSamples(stratech, new URL('./samples/', import.meta.url))
})
