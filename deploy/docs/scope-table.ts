import { loadRegion } from '../../hub/region.ts'
import { operations } from '../../schemas/openapi.ts'

const START = '<!-- scopes: made by `npm run docs` from schemas/openapi.yaml and the example region -->'
const END = '<!-- end of scopes -->'

/** The text with its table of routes and scopes as the OpenAPI document has them now. Throws when the text has no place for it. */
export function withScopes(text: string): string {
  const from = text.indexOf(START)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error(`no place for the scopes: “${START}” … “${END}”`)
  return `${text.slice(0, from)}${START}\n${scopeTable()}${text.slice(to)}`
}

function scopeTable(): string {
  const { clients } = loadRegion('voorbeeld')
  const rolesOf = (scope: string) => [
    ...new Set(clients.filter(({ scopes }) => scopes.includes(scope as never)).map(({ rol }) => rol)),
  ]
  const rows = operations().map(({ method, path, scope }) => {
    const [needed, roles] = scope === null ? ['none, no token either', 'anyone'] : [`\`${scope}\``, rolesOf(scope).join(', ')]
    return `| \`${method} ${path}\` | ${needed} | ${roles} |\n`
  })
  return `| route | scope | who has it in the example region |\n|---|---|---|\n${rows.join('')}`
}
