import { ADD } from '../../hub/edges/redis/index-scripts.ts'

/** What a hub does that can be seen from outside its own code, and on which side of it. */
export type Sight =
  | { kind: 'statement'; text: RegExp; rows?: true; when: When }
  /** The commit of a transaction in which such a statement was. */
  | { kind: 'commit'; of: RegExp; rows?: true; when: When }
  /** A script of Redis whose last argument is a registration that this hub has claimed: what linking writes, not what fills the index anew. */
  | { kind: 'script'; lua: string; when: When }
  | { kind: 'answer'; method: string; path: RegExp }
  | { kind: 'rename'; to: RegExp }

/** `after`: the answer is here, and nothing was done with it yet. */
type When = 'before' | 'after'

export interface Step {
  name: string
  sight: Sight
}

/** Statements that only one kind of transaction has. */
const TAKES_IN = /^insert into "inbox"/
export const CLAIMS = /^insert into linking_claim/
const LINKS = /^update "registration" set "state"/
const SETTLES = /^update "delivery" set .*"attempts"/
const APPENDS = /^update "log_head" set "size"/

/** Where a hub is killed: between each of these and the next thing it does, what it did must be whole or not there. */
export const STEPS: readonly Step[] = [
  { name: 'taking in: before COMMIT', sight: { kind: 'commit', of: TAKES_IN, when: 'before' } },
  { name: 'taking in: after COMMIT', sight: { kind: 'commit', of: TAKES_IN, when: 'after' } },
  { name: 'taking in: stored, not yet answered', sight: { kind: 'answer', method: 'POST', path: /^\/v1\/registraties/ } },
  { name: 'claim: taken, before COMMIT', sight: { kind: 'statement', text: CLAIMS, rows: true, when: 'after' } },
  { name: 'claim: after COMMIT, before its work', sight: { kind: 'commit', of: CLAIMS, rows: true, when: 'after' } },
  { name: 'keys: not yet in Redis', sight: { kind: 'script', lua: ADD.lua, when: 'before' } },
  { name: 'keys: in Redis, before looking up', sight: { kind: 'script', lua: ADD.lua, when: 'after' } },
  { name: 'linking: before COMMIT', sight: { kind: 'commit', of: LINKS, when: 'before' } },
  { name: 'linking: after COMMIT', sight: { kind: 'commit', of: LINKS, when: 'after' } },
  { name: 'delivery: sent, before COMMIT', sight: { kind: 'commit', of: SETTLES, when: 'before' } },
  { name: 'delivery: sent, after COMMIT', sight: { kind: 'commit', of: SETTLES, when: 'after' } },
  { name: 'access log: head taken, no line yet', sight: { kind: 'statement', text: APPENDS, when: 'after' } },
  { name: 'checkpoint: in the store, not in its file', sight: { kind: 'rename', to: /\/checkpoint$/ } },
]

/** How a hub is told its step, and from the how manyth passing after `ARMED_BY` it is killed. */
export const STEP_SETTINGS = { step: 'FAULT_STEP', passing: 'FAULT_PASSING' }
export const ARMED_BY = 'SIGUSR2'
/** What stands on its stderr when it was killed by its step. */
export const killedAt = ({ name }: Step): string => `killed at the step "${name}"\n`
