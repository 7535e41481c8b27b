// Preloaded into a hub (NODE_OPTIONS=--import): sees what the process sends to PostgreSQL and Redis, what it answers and which file it puts in place, and kills the
// process (-9) at the step that FAULT_STEP names. The hub's own code knows nothing of it.
import { createHash } from 'node:crypto'
import { promises, writeSync } from 'node:fs'
import { ServerResponse } from 'node:http'
import { flushCompileCache, syncBuiltinESMExports } from 'node:module'
import { Redis } from 'ioredis'
import pg from 'pg'
import { ARMED_BY, CLAIMS, killedAt, type Sight, STEP_SETTINGS, STEPS, type Step } from './steps.ts'

/** Where this lies, for who has it preloaded. */
export const STEP_WATCH = import.meta.filename

type Method = (...args: unknown[]) => unknown
type Answer = { rows?: { seq?: number }[] } | undefined
type Command = { name: string; args: unknown[]; promise: Promise<unknown> }
/** The part of a sight that is of one kind. */
type Of<K extends Sight['kind']> = Extract<Sight, { kind: K }>

const step = STEPS.find(({ name }) => name === process.env[STEP_SETTINGS.step])
if (step && process.argv[1]?.endsWith('main.ts')) watch(step, Number(process.env[STEP_SETTINGS.passing]))

function watch(step: Step, passing: number): void {
  let left = Number.POSITIVE_INFINITY
  process.on(ARMED_BY, () => {
    // Who is killed keeps nothing for the next.
    flushCompileCache()
    left = passing
  })
  const pass = () => {
    if (--left > 0) return
    writeSync(2, killedAt(step))
    process.kill(process.pid, 'SIGKILL')
  }
  const { sight } = step
  if (sight.kind === 'statement') watchStatements(sight, pass)
  else if (sight.kind === 'commit') watchCommits(sight, pass)
  else if (sight.kind === 'script') watchScripts(sight, pass)
  else if (sight.kind === 'answer') watchAnswers(sight, pass)
  else watchRenames(sight, pass)
}

/** Puts `around` in the place of a method; it is given the method and decides when to call it. */
function wrap(holder: object, name: string, around: (self: object, args: unknown[], call: () => unknown) => unknown): void {
  const methods = holder as Record<string, Method>
  const original = methods[name] as Method
  methods[name] = function (this: object, ...args: unknown[]) {
    return around(this, args, () => original.apply(this, args))
  }
}

/** Sees every statement of every session: before it is sent, and its answer before whoever asked has it. */
function onStatements(
  before: (session: object, text: string) => void,
  after: (session: object, text: string, rows: { seq?: number }[]) => void,
): void {
  wrap(pg.Client.prototype, 'query', (session, [text], call) => {
    if (typeof text !== 'string') return call()
    before(session, text)
    const answered = call()
    if (!(answered instanceof Promise)) return answered
    return answered.then((answer: Answer) => {
      after(session, text, answer?.rows ?? [])
      return answer
    })
  })
}

function watchStatements({ text: wanted, rows: needed, when }: Of<'statement'>, pass: () => void): void {
  onStatements(
    (_, text) => when === 'before' && wanted.test(text) && pass(),
    (_, text, rows) => when === 'after' && wanted.test(text) && (!needed || rows.length > 0) && pass(),
  )
}

function watchCommits({ of, rows: needed, when }: Of<'commit'>, pass: () => void): void {
  const meant = new WeakSet<object>()
  onStatements(
    (session, text) => {
      if (/^(begin|start transaction)/.test(text)) meant.delete(session)
      if (text === 'commit' && when === 'before' && meant.has(session)) pass()
    },
    (session, text, rows) => {
      if (of.test(text) && (!needed || rows.length > 0)) meant.add(session)
      if (text === 'commit' && when === 'after' && meant.has(session)) pass()
    },
  )
}

function watchScripts({ lua, when }: Of<'script'>, pass: () => void): void {
  let claimed = new Set<string>()
  onStatements(
    () => {},
    (_, text, rows) => {
      if (CLAIMS.test(text) && rows.length > 0) claimed = new Set(rows.map(({ seq }) => String(seq)))
    },
  )
  const sha = createHash('sha1').update(lua).digest('hex')
  wrap(Redis.prototype, 'sendCommand', (_, [given], call) => {
    const command = given as Command
    const isMeant = command.name === 'evalsha' && command.args[0] === sha && claimed.has(String(command.args.at(-1)))
    if (!isMeant) return call()
    if (when === 'before') pass()
    else
      command.promise = command.promise.then((reply) => {
        if (reply === 1) pass()
        return reply
      })
    return call()
  })
}

function watchAnswers({ method, path }: Of<'answer'>, pass: () => void): void {
  wrap(ServerResponse.prototype, 'end', (self, _, call) => {
    const { req, statusCode } = self as ServerResponse
    // Under a router of express `url` is the rest of it only.
    const { originalUrl = req.url } = req as { originalUrl?: string }
    if (statusCode < 300 && req.method === method && path.test(originalUrl ?? '')) pass()
    return call()
  })
}

/** The built-in module's own names follow its object only when they are told to. */
function watchRenames({ to }: Of<'rename'>, pass: () => void): void {
  wrap(promises, 'rename', (_, [, path], call) => {
    if (to.test(String(path))) pass()
    return call()
  })
  syncBuiltinESMExports()
}
