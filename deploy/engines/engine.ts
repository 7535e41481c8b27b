/** Where a running engine is to be found; what stands in it differs per engine. */
export type Address = Record<string, string>

/** How to start one process of an engine. */
export interface Start {
  command: string
  arguments: string[]
  env?: Record<string, string>
  /** Where it runs; without it, its folder. */
  cwd?: string
  /** The user to run as when this process is root: some engines refuse root. */
  user?: string
  address: Address
}

/** An engine as it is brought and started on a plain Debian machine. Everything it keeps lies in its own `folder`. */
export interface Engine {
  name: string
  /** What Debian has to bring first: a program that shows it is there, and the packages it comes in. */
  needs: { program: string; packages: string[] }[]
  /** How long it may take to become ready, in seconds: on a busy machine with two processors. */
  patience_s: number
  /** Brings what the registries hold into `folder`. Bringing twice is bringing once. */
  install(folder: string): void
  isInstalled(folder: string): boolean
  /** Makes data and settings ready; answers how to start. */
  prepare(folder: string): Promise<Start>
  isReady(address: Address): Promise<boolean>
}
