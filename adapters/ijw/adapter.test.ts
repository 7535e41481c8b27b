import { itGivesItsSamples } from '../testing.ts'
import { ijw } from './adapter.ts'

describe('adapter ijw', () => {
  itGivesItsSamples(ijw, new URL('./samples/', import.meta.url))
})
