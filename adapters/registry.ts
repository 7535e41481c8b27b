import type { Adapter } from './adapter.ts'
import { bregje } from './bregje/adapter.ts'
import { brp } from './brp/adapter.ts'
import { codo } from './codo/adapter.ts'
import { eigen } from './eigen/adapter.ts'
import { ij } from './ij/adapter.ts'
import { ijw } from './ijw/adapter.ts'
import { jgz } from './jgz/adapter.ts'
import { mee } from './mee/adapter.ts'
import { myneva } from './myneva/adapter.ts'
import { registratieformulier } from './registratieformulier/adapter.ts'
import { stratech } from './stratech/adapter.ts'
import { website } from './website/adapter.ts'

const ADAPTERS: Adapter[] = [eigen, ij, codo, mee, stratech, myneva, website, bregje, registratieformulier, jgz, ijw, brp]

/** The adapter of this name (`eigen`, `mee`, …), or undefined. */
export function adapterNamed(name: string): Adapter | undefined {
  return ADAPTERS.find((adapter) => adapter.name === name)
}

export const adapterNames: string[] = ADAPTERS.map((adapter) => adapter.name)
