/** The floors of the building, lowest first; docs/ARCHITECTURE.md has them in prose. A file belongs to the first floor one of
 * whose places it equals or, for a place that ends in `/`, lies under. */
const LAYERS = [
  { name: 'schemas', places: ['schemas/'], mayUse: [] },
  { name: 'adapter contract', places: ['adapters/adapter.ts', 'adapters/faults.ts'], mayUse: ['schemas'] },
  { name: 'adapters', places: ['adapters/'], mayUse: ['schemas', 'adapter contract'] },
  { name: 'client', places: ['client/'], mayUse: ['schemas'] },
  { name: 'base', places: ['hub/errors.ts', 'hub/principal.ts', 'hub/crypto/'], mayUse: ['schemas'] },
  { name: 'stages', places: ['hub/stages/'], mayUse: ['schemas', 'base'] },
  { name: 'ports', places: ['hub/ports.ts', 'hub/ports/', 'hub/rows.ts', 'hub/rows/'], mayUse: ['schemas', 'base', 'stages'] },
  {
    name: 'flows',
    places: ['hub/pipeline.ts', 'hub/follow-up.ts', 'hub/sweep.ts', 'hub/context.ts', 'hub/flows/'],
    mayUse: ['schemas', 'adapter contract', 'base', 'stages', 'ports'],
  },
  {
    name: 'edges',
    places: ['hub/edges/'],
    mayUse: ['schemas', 'adapter contract', 'adapters', 'base', 'stages', 'ports', 'flows'],
  },
  {
    name: 'hub',
    places: [
      'hub/hub.ts',
      'hub/server.ts',
      'hub/identity.ts',
      'hub/screens.ts',
      'hub/config.ts',
      'hub/settings.ts',
      'hub/region.ts',
      'hub/demo/',
      'hub/bench/',
      'hub/faults/',
    ],
    mayUse: ['schemas', 'client', 'adapter contract', 'adapters', 'base', 'stages', 'ports', 'flows', 'edges'],
  },
  {
    name: 'commands',
    places: ['hub/commands/'],
    mayUse: ['schemas', 'adapter contract', 'adapters', 'base', 'stages', 'ports', 'flows', 'edges', 'hub'],
  },
  {
    name: 'test helpers',
    places: ['hub/testing/'],
    mayUse: ['schemas', 'adapter contract', 'adapters', 'base', 'stages', 'ports', 'flows', 'edges', 'hub', 'commands'],
  },
  { name: 'main', places: ['hub/main.ts', 'hub/verwijsindex.mjs'], mayUse: ['base', 'hub', 'commands'] },
  {
    name: 'deploy',
    places: ['deploy/'],
    mayUse: [
      'schemas',
      'adapter contract',
      'adapters',
      'base',
      'stages',
      'ports',
      'flows',
      'edges',
      'hub',
      'commands',
      'test helpers',
    ],
  },
]

/** Neighbours on one floor that know nothing of each other: each folder under `floor`, but for what is `shared`. */
const NEIGHBOURS = [
  { floor: 'hub/edges/', shared: ['hub/edges/http/problem.ts'] },
  { floor: 'adapters/', shared: ['adapters/readers/', 'adapters/result/', 'adapters/sample/'] },
]

/** Why `from` may not import `to`, or `undefined` when it may. */
export function forbidden(from: string, to: string): string | undefined {
  const user = layerOf(from)
  const used = layerOf(to)
  if (!user) return 'has no place in the layers (deploy/tidy/layers.ts)'
  if (!used) return `imports ${to}, which has no place in the layers (deploy/tidy/layers.ts)`
  if (user !== used && !user.mayUse.includes(used.name)) return `imports ${to}: ${user.name} may not know ${used.name}`
  const floor = NEIGHBOURS.find((place) => areStrangers(place, from, to))
  if (floor) return `imports ${to}: the folders of ${floor.floor} know nothing of each other`
}

function layerOf(path: string) {
  return LAYERS.find((layer) => layer.places.some((place) => isAt(path, place)))
}

function areStrangers({ floor, shared }: { floor: string; shared: string[] }, from: string, to: string): boolean {
  if (shared.some((place) => isAt(to, place))) return false
  const [mine, other] = [from, to].map((path) => roomUnder(floor, path))
  return mine !== undefined && other !== undefined && mine !== other
}

/** The folder right under `floor` in which a file lies, if any. */
function roomUnder(floor: string, path: string): string | undefined {
  if (!path.startsWith(floor)) return undefined
  const [room, ...rest] = path.slice(floor.length).split('/')
  return rest.length > 0 ? room : undefined
}

/** Whether a path is `place`, or lies under it when that ends in `/`. */
export function isAt(path: string, place: string): boolean {
  return path === place || (place.endsWith('/') && path.startsWith(place))
}
