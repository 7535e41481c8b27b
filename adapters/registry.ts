import type { Adapter } from './adapter.ts'

const ADAPTERS: Adapter[] = []

/** The adapter of this name (`eigen`, `mee`, …), or undefined. */
export function adapterNamed(name: string): Adapter | undefined {
  return ADAPTERS.find((adapter) => adapter.name === name)
}

export const adapterNames: string[] = ADAPTERS.map((adapter) => adapter.name)
