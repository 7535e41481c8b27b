import { readPolicy } from '../../hub/edges/policies.ts'
import type { Duration, Policy } from '../../hub/stages/consent/policy.ts'
import { type Machine, statesOf } from '../../hub/stages/coordination/machine.ts'
import { AFSPRAAK, CASUS, ladderMachine, MELDING, OVERDRACHT } from '../../hub/stages/coordination/machines.ts'

const START = '<!-- tables: made by `npm run docs` from hub/stages/coordination and the policy -->'
const END = '<!-- end of tables -->'

/** The text with its tables as code and default policy have them now. Throws when the text has no place for them. */
export function withTables(text: string, policy: Policy = readPolicy('peel-en-maas-1g1p')): string {
  const from = text.indexOf(START)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error(`no place for the tables: “${START}” … “${END}”`)
  return `${text.slice(0, from)}${START}\n\n${tablesOf(policy)}\n${text.slice(to)}`
}

function tablesOf(policy: Policy): string {
  const { ladders } = policy.coordinatie
  const climbs = Object.entries(ladders).map(([name, ladder]) => ladderMachine(name, ladder))
  const machines = [MELDING, CASUS, OVERDRACHT, AFSPRAAK, ...climbs].map(machineTable)
  return [...machines, stepTable(policy), termTable(policy), coordinatorTable(policy)].join('\n')
}

function machineTable(machine: Machine): string {
  const rows = machine.overgangen.map(({ van, handeling, naar, wie, mits }) => [van, handeling, naar, wie.join(', '), mits ?? ''])
  const states = `States: ${statesOf(machine)
    .map((state) => `\`${state}\``)
    .join(', ')}. Begins in \`${machine.begin}\`.`
  return `### ${machine.naam}\n\n${states}\n\n${table(['van', 'handeling', 'naar', 'wie', 'mits'], rows)}`
}

function stepTable({ coordinatie }: Policy): string {
  const rows = Object.entries(coordinatie.ladders).flatMap(([name, { stappen }]) =>
    stappen.map(({ id, na, waarschuwt, antwoorden }) => [name, id, spoken(na), waarschuwt.join(', '), antwoorden.join(', ')]),
  )
  return `### Steps of the ladders\n\n${table(['ladder', 'stap', 'na de vorige', 'waarschuwt', 'antwoorden'], rows)}`
}

function termTable({ termijnen }: Policy): string {
  const rows = Object.entries(termijnen).map(([id, term]) => {
    const { vanaf, organisaties, bijStatus, bijUrgentie, bijPet, tot, herhaalt, waarschuwt, bron } = term
    const parts = [organisaties, bijPet ? [bijPet] : [], bijStatus, bijUrgentie].map((each) => each?.join('/')).filter(Boolean)
    const until = tot ? `tot ${tot.join('/')}` : ''
    const runs = [...parts, until, herhaalt ? 'herhaalt' : ''].filter(Boolean).join('; ')
    return [id, spoken(term), vanaf ?? '-', runs || '-', waarschuwt.join(', '), bron]
  })
  return `### Terms\n\n${table(['termijn', 'duur', 'vanaf', 'loopt bij', 'waarschuwt', 'bron'], rows)}`
}

function coordinatorTable({ coordinatie }: Policy): string {
  const rows = coordinatie.zorgcoordinator.map(({ id, als, soort, functie }, i) => {
    const when = [
      als?.kader ? `kader ${als.kader.join('/')}` : '',
      als?.variantVanaf === undefined ? '' : `variant vanaf ${als.variantVanaf}`,
      als?.variantTot === undefined ? '' : `variant tot en met ${als.variantTot}`,
    ]
    return [String(i + 1), id, when.filter(Boolean).join(', ') || 'anders', soort, functie]
  })
  return `### Who is zorgcoördinator\n\n${table(['', 'regel', 'als', 'soort', 'functie'], rows)}`
}

function spoken({ aantal, eenheid }: Duration): string {
  return `${aantal} ${eenheid}`
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line), ''].join('\n')
}
