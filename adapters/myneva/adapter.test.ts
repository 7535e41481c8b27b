import { itGivesItsSamples } from '../testing.ts'
import { myneva } from './adapter.ts'

describe('adapter myneva', () => {
  itGivesItsSamples(myneva, new URL('./samples/', import.meta.url))
})
