const commands = new Map<string, string>()

/** Skips the running test, or every test of the suite when called in its `before`, because this machine lacks `engine`. The
 * report at the end of the run names the skipped tests and `command`, which brings the engine. */
export function skipWithout(context: Mocha.Context, engine: string, command: string): never {
  commands.set(engine, command)
  return context.skip()
}

/** The engines that tests asked for in vain, each with the command that brings it. */
export function absentEngines(): ReadonlyMap<string, string> {
  return commands
}
