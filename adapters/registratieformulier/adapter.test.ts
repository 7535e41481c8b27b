import { itGivesItsSamples } from '../testing.ts'
import { registratieformulier } from './adapter.ts'

describe('adapter registratieformulier', () => {
  itGivesItsSamples(registratieformulier, new URL('./samples/', import.meta.url))
})
