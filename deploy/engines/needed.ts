import { skipWithout } from './absent.ts'
import type { Address, Engine } from './engine.ts'
import { findProgram } from './run.ts'
import { folderOf, runningAddress, signalEngine, startEngine } from './running.ts'

/**
 * Where an engine is, for a suite's `before`: started for this run when it does not run yet, and ended with it then. When it is not
 * on this machine the suite is skipped, by name.
 */
export async function engineOrSkip(context: Mocha.Context, engine: Engine): Promise<Address> {
  const isHere = engine.needs.every(({ program }) => findProgram(program)) && engine.isInstalled(folderOf(engine))
  if (!isHere) return skipWithout(context, engine.name, `npm run engines -- install ${engine.name}`)
  context.timeout((engine.patience_s + 60) * 1000)
  const already = runningAddress(engine)
  if (!already) process.once('exit', () => signalEngine(engine, 'SIGINT'))
  return startEngine(engine)
}
