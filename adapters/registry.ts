import type { Adapter } from './adapter.ts'
import { eigen } from './eigen/adapter.ts'
import { ij } from './ij/adapter.ts'
import { mee } from './mee/adapter.ts'

const ADAPTERS: Adapter[] = [eigen, ij, mee]

/** The adapter of this name (`eigen`, `mee`, …), or undefined. */
export function adapterNamed(name: string): Adapter | undefined {
  return ADAPTERS.find((adapter) => adapter.name === name)
}

export const adapterNames: string[] = ADAPTERS.map((adapter) => adapter.name)
