import modelFile from '../../../schemas/link-model/model-1.0.0.json' with { type: 'json' }
import { linkAll } from '../../stages/link/linker.ts'
import { linkModel } from '../../stages/link/model.ts'
import { plainKeys } from '../../stages/link/plain-keys.ts'
import { profileOf } from '../../stages/link/profile.ts'
import { subjectFrom } from '../../stages/link/subject.ts'
import { ERROR_RATES } from './errors.ts'
import { familiesOf } from './families.ts'
import { chanceOf } from './random.ts'
import { type LinkSet, registrationsOf } from './registrations.ts'
import { type Figures, figuresOf } from './score.ts'

const MODEL = linkModel(modelFile)

function setOf(name: string, families: number, twins: number, rate: string, withBsn: boolean, seed: number): LinkSet {
  const chance = chanceOf(seed)
  return {
    name: `${name} ${withBsn ? 'met' : 'zonder'} bsn`,
    ...registrationsOf(familiesOf({ families, twins }, chance), ERROR_RATES[rate]!, withBsn, chance),
  }
}

function measure(set: LinkSet): Figures & { perSecond: number; fullBlocks: number } {
  const start = process.cpuUsage()
  const keys = plainKeys()
  const result = linkAll(
    set.lines.map((line) => ({ rid: line.rid, profile: profileOf(subjectFrom(line), keys) })),
    MODEL,
  )
  const used = process.cpuUsage(start)
  const seconds = (used.user + used.system) / 1e6
  return { ...figuresOf(set, result.lines), perSecond: Math.round(set.lines.length / seconds), fullBlocks: result.fullBlocks }
}

const seed = Number(process.argv[2] ?? 1)
const families = Number(process.argv[3] ?? 5000)
for (const withBsn of [true, false]) {
  for (const rate of Object.keys(ERROR_RATES)) report(setOf(`gezinnen ${rate}`, families, 0.1, rate, withBsn, seed))
  report(setOf('tweelingen', Math.round(families * 0.4), 0.5, 'default', withBsn, seed + 1))
}

function report(set: LinkSet): void {
  const { precision, recall, recallWithReview, review, mixed, labels, twins, perSecond, fullBlocks } = measure(set)
  const percent = (value: number): string => `${(value * 100).toFixed(1)}%`
  process.stdout.write(
    `${set.name.padEnd(28)} ${set.lines.length} lines  P ${precision.toFixed(4)}  R ${recall.toFixed(4)}  R+ ${recallWithReview.toFixed(4)}  review ${percent(review)}  mixed ${mixed}/${labels}  twins far ${twins.farJoined}/${twins.far} near ${twins.nearJoined}/${twins.near}  ${perSecond}/s  cut ${fullBlocks}\n`,
  )
}
