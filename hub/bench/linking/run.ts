import { parseArgs } from 'node:util'
import modelFile from '../../../schemas/link-model/model-1.2.0.json' with { type: 'json' }
import personsFile from '../../../schemas/link-model/personen-1.0.0.json' with { type: 'json' }
import { linkKeys } from '../../crypto/derived-keys.ts'
import { familiesOf as familyLabels } from '../../stages/link/families.ts'
import { hashedLineKeys, type LineKeys, lineOf } from '../../stages/link/line.ts'
import { Lines } from '../../stages/link/lines.ts'
import type { LinkedLine } from '../../stages/link/linked-lines.ts'
import { linkAll } from '../../stages/link/linker.ts'
import { linkModel } from '../../stages/link/model.ts'
import { linkPersons } from '../../stages/link/persons/link-persons.ts'
import { personLineFrom } from '../../stages/link/persons/person-line.ts'
import { type PersonModelFile, personModel } from '../../stages/link/persons/person-model.ts'
import { plainKeys } from '../../stages/link/plain-keys.ts'
import { subjectFrom } from '../../stages/link/subject.ts'
import { blockingRecall } from './blocking-recall.ts'
import { ERROR_RATES } from './errors.ts'
import { familiesOf } from './families.ts'
import { type FebrlSet, febrlSets } from './febrl.ts'
import { registrationsHere } from './other/clerks.ts'
import { regionOf } from './other/region.ts'
import { chanceOf } from './random.ts'
import { type LinkSet, registrationsOf } from './registrations.ts'
import { familyFigures, figuresOf } from './score.ts'
import { compareSpeed } from './speed.ts'
import { linkThroughHub } from './through-hub.ts'

const HELP = `npm run bench:linking -- [--seed N] [--families N] [--hashed] [--febrl DIR]
npm run bench:linking -- --hub [--seed N] [--families N]
npm run bench:linking -- --splink [--python PYTHON] [--seed N] [--lines 40000,200000]

Measures the linker on generated families (three error rates, with and without BSN, and a set full of twins) and on FEBRL (FEBRL_DIR).
With --hub: the same families through a hub's store in the order in which they come in, beside the whole file at once.
With --splink: the speed of the command beside Splink's on the same files; PYTHON (python3) is a Python that has splink 4.0.17.
Rules and thresholds were chosen on seeds 1 to 12, 42 and 43: measure with others (default 77).`

const MODEL = linkModel(modelFile)
const PERSONS_MODEL = personModel(personsFile as PersonModelFile)
/** Somewhat fewer than there are: what is over is left out. */
const LINES_PER_FAMILY = 8.5
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    families: { type: 'string' },
    febrl: { type: 'string' },
    hashed: { type: 'boolean' },
    hub: { type: 'boolean' },
    splink: { type: 'boolean' },
    python: { type: 'string' },
    lines: { type: 'string' },
    help: { type: 'boolean' },
  },
})

if (values.help) print(HELP)
else if (values.hub) await runHub(Number(values.seed ?? 77), Number(values.families ?? 1500))
else if (values.splink) await runSpeed(Number(values.seed ?? 77), values.lines ?? '40000,200000', values.python ?? 'python3')
else run(Number(values.seed ?? 77), Number(values.families ?? 5000), values.hashed === true)

function run(seed: number, families: number, hashed: boolean): void {
  print(
    `model ${MODEL.version}, seed ${seed}, ${hashed ? 'through HMAC tokens' : 'plain'}; a line is read, made a profile and linked`,
  )
  for (const withBsn of [true, false]) {
    for (const rate of Object.keys(ERROR_RATES))
      reportFamilies(setOf(`families ${rate}`, families, 0.1, rate, withBsn, seed), hashed)
    reportFamilies(setOf('twins', Math.round(families * 0.4), 0.5, 'default', withBsn, seed + 1), hashed)
    for (const rate of Object.keys(ERROR_RATES))
      reportFamilies(otherSetOf(`others ${rate}`, families, 0.04, rate, withBsn, seed + 2), hashed)
    reportFamilies(otherSetOf('others, twins', Math.round(families * 0.4), 0.5, 'default', withBsn, seed + 3), hashed)
  }
  runFebrl(values.febrl ?? '../shared/data/febrl', hashed)
}

/** Registrations of persons without families, under the model for them. */
function runFebrl(folder: string, hashed: boolean): void {
  print(`model ${PERSONS_MODEL.version}`)
  for (const withNumber of [true, false]) {
    const sets = febrlSets(folder, withNumber)
    if (!sets) {
      print(`FEBRL not measured: no dataset3.csv in ${folder}; set FEBRL_DIR to the folder that holds it`)
      return
    }
    for (const set of sets) reportFebrl(set, withNumber, hashed)
  }
}

/** A hub sees one registration at a time and counts nothing over them; how much that costs is the difference between the two lines. */
async function runHub(seed: number, families: number): Promise<void> {
  print(`model ${MODEL.version}, seed ${seed}: registrations one after another through a hub, then the same lines as a file`)
  for (const withBsn of [true, false]) {
    const sets = Object.keys(ERROR_RATES).map((rate) => setOf(`families ${rate}`, families, 0.1, rate, withBsn, seed))
    sets.push(setOf('twins', Math.round(families * 0.4), 0.5, 'default', withBsn, seed + 1))
    sets.push(otherSetOf('others default', families, 0.04, 'default', withBsn, seed + 2))
    for (const set of sets) {
      print(`${set.name.padEnd(26)} ${set.lines.length} lines, hub:  ${personFigures(set, await linkThroughHub(set.lines))}`)
      print(`${''.padEnd(26)} ${set.lines.length} lines, file: ${personFigures(set, link(set, false).lines)}`)
    }
  }
}

async function runSpeed(seed: number, sizes: string, python: string): Promise<void> {
  for (const size of sizes.split(',').map(Number)) {
    const { lines } = setOf('speed', Math.ceil(size / LINES_PER_FAMILY), 0.1, 'default', true, seed)
    print(`${Math.min(size, lines.length)} lines`)
    for (const told of await compareSpeed(lines.slice(0, size), python)) print(`  ${told}`)
  }
}

function setOf(name: string, families: number, twins: number, rate: string, withBsn: boolean, seed: number): LinkSet {
  const chance = chanceOf(seed)
  return {
    name: `${name}${withBsn ? '' : ', no BSN'}`,
    ...registrationsOf(familiesOf({ families, twins }, chance), ERROR_RATES[rate]!, withBsn, chance),
  }
}

/** The second generator: other names, other habits of writing, other errors. Nothing was chosen on it but what was seen to be a fault. */
function otherSetOf(name: string, families: number, twins: number, rate: string, withBsn: boolean, seed: number): LinkSet {
  const chance = chanceOf(seed)
  return {
    name: `${name}${withBsn ? '' : ', no BSN'}`,
    ...registrationsHere(regionOf({ families, twins }, chance), ERROR_RATES[rate]!, withBsn, chance),
  }
}

function link({ lines }: Pick<LinkSet, 'lines'>, hashed: boolean) {
  const start = process.cpuUsage()
  const keys = keysOf(hashed)
  const input = lines.map((line) => lineOf(subjectFrom(line), keys))
  const told = Lines.of(input)
  const linked = linkAll(told, MODEL)
  return { input, told, linked, lines: linked.lines, perSecond: perSecondSince(start, lines.length) }
}

function keysOf(hashed: boolean): LineKeys {
  return hashed ? hashedLineKeys(linkKeys(Buffer.alloc(32, 1), 'bench')) : plainKeys()
}

function perSecondSince(start: NodeJS.CpuUsage, lines: number): number {
  const { user, system } = process.cpuUsage(start)
  return Math.round(lines / ((user + system) / 1e6))
}

function reportFamilies(set: LinkSet, hashed: boolean): void {
  const { input, told, linked, lines, perSecond } = link(set, hashed)
  const family = familyFigures(set, familyLabels(told, linked))
  print(
    `${set.name.padEnd(26)} ${lines.length} lines: ${personFigures(set, lines)}; ` +
      `families ${four(family.precision)} / ${four(family.recall)}; blocking recall ${four(blockingRecall(set, input))}, cut ${linked.fullBlocks}; ${perSecond} lines/CPU s`,
  )
}

function personFigures(set: LinkSet, lines: LinkedLine[]): string {
  const { precision, recall, recallWithReview, review, mixed, labels, twins } = figuresOf(set, lines)
  return (
    `precision ${four(precision)}, recall ${four(recall)}, with review ${four(recallWithReview)}, review ${percent(review)}, ` +
    `mixed ${mixed} of ${labels}, twins far ${twins.farJoined} of ${twins.far}, near ${twins.nearJoined} of ${twins.near}`
  )
}

function reportFebrl(set: FebrlSet, withNumber: boolean, hashed: boolean): void {
  const start = process.cpuUsage()
  const keys = keysOf(hashed)
  const input = set.lines.map((line) => personLineFrom(line, keys))
  const { lines, fullBlocks } = linkPersons(input, PERSONS_MODEL)
  const perSecond = perSecondSince(start, lines.length)
  const { precision, recall, recallWithReview, review } = figuresOf({ ...set, persons: new Map() }, lines)
  const f1 = (2 * precision * recall) / (precision + recall)
  print(
    `${set.name}${withNumber ? '' : ', no number'}: F1 ${four(f1)}, precision ${four(precision)}, recall ${four(recall)}, with review ${four(recallWithReview)}, ` +
      `review ${percent(review)}, false pairs ${falsePairs(set, lines)}; blocking recall ${four(blockingRecall(set, input))}, cut ${fullBlocks}; ${perSecond} lines/CPU s`,
  )
}

function falsePairs({ truth }: FebrlSet, lines: LinkedLine[]): number {
  let wrong = 0
  for (const members of Map.groupBy(
    lines.map(({ person }, at) => ({ person, is: truth[at]!.person })),
    ({ person }) => person,
  ).values()) {
    members.forEach((one, at) => {
      for (const other of members.slice(at + 1)) if (one.is !== other.is) wrong++
    })
  }
  return wrong
}

function four(value: number): string {
  return value.toFixed(4)
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
