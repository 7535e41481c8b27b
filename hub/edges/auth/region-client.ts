import type { Role } from '../../principal.ts'

/** A client as the region's configuration lists it; what it may ask for, and on whose behalf. */
export interface RegionClient {
  id: string
  organisatie: string
  rol: Role
  scopes: readonly string[]
  /** CBS codes, four digits. */
  gemeenten: readonly string[]
}
