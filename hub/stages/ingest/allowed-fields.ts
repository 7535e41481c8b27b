import type { Registratie } from '../../../schemas/types.ts'

/** Without these there is no registration (interface: required fields); everything else is the policy's choice. */
const ALWAYS = ['bronbericht', 'kenmerk', 'versie', 'betrokkenheid.status', 'betrokkenheid.begindatum', 'contact.functie']

/**
 * A registration with only what the policy lets the hub keep (`velden.opslaan`): dotted paths, each with all below it; in a list the path
 * goes on in every element. What is left out is not stored, so it cannot be told either.
 */
export function allowedFields(registration: Registratie, paths: readonly string[]): Registratie {
  return kept(
    registration,
    [...ALWAYS, ...paths].map((path) => path.split('.')),
  ) as Registratie
}

function kept(value: unknown, paths: string[][]): unknown {
  if (Array.isArray(value)) return value.map((item) => kept(item, paths))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).flatMap(([name, part]) => {
    const below = paths.filter(([first]) => first === name).map((path) => path.slice(1))
    if (below.length === 0) return name === 'persoon' ? [[name, {}]] : []
    return [[name, below.some((path) => path.length === 0) ? part : kept(part, below)]]
  })
  return Object.fromEntries(fields)
}
