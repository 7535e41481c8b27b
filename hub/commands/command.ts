/** Exit codes of the command line. */
export const EXIT = { good: 0, findings: 1, usage: 2, configuration: 3, temporary: 4, interrupted: 130 } as const

/** One command of `verwijsindex`; each file in this folder exports one as `command`. */
export interface Command {
  /** One Dutch line for the list of commands. */
  summary: string
  /** The Dutch help text: examples first, then the options. */
  help: string
  /** Runs with the arguments after the command's name; answers the exit code. Data to stdout, progress to stderr. */
  run(args: string[]): Promise<number>
}
