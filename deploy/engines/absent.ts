const commands = new Map<string, string>()
const reasons = new Map<string, string>()

/** Skips the running test, or every test of the suite when called in its `before`, because this machine lacks `engine`. The
 * report at the end of the run names the skipped tests and `command`, which brings the engine. */
export function skipWithout(context: Mocha.Context, engine: string, command: string): never {
  commands.set(engine, command)
  return context.skip()
}

/** Skips the running test because what it shows is nothing of the engine that this run is on; the report says so by its name. */
export function skipElsewhere(context: Mocha.Context, reason: string): never {
  reasons.set(context.test?.fullTitle() ?? '', reason)
  return context.skip()
}

/** Why tests were skipped that have nothing to show on this run's engine, by their full title. */
export function reasonsElsewhere(): ReadonlyMap<string, string> {
  return reasons
}

/** The engines that tests asked for in vain, each with the command that brings it. */
export function absentEngines(): ReadonlyMap<string, string> {
  return commands
}
