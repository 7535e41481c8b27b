import { posix } from 'node:path'
import { type Comment, type EcmaScriptModule, type ParseResult, parseSync, Visitor } from 'oxc-parser'

/** One source file, taken apart. */
export interface Module {
  path: string
  isTest: boolean
  /** Number of lines. */
  length: number
  imports: Import[]
  exports: Export[]
  program: ParseResult['program']
  comments: Comment[]
  /** The source between two offsets. */
  slice(start: number, end: number): string
  /** The line, from 1, of an offset. */
  lineAt(offset: number): number
}

export interface Import {
  /** A path in the tree for `./` and `../`, else the name of the package. */
  target: string
  isLocal: boolean
  /** The names it takes; `*` stands for all of them. */
  names: string[]
  line: number
}

export interface Export {
  name: string
  isType: boolean
  line: number
}

export function isCode(path: string): boolean {
  return /\.(ts|mjs)$/.test(path)
}

/** Takes a source file apart; throws when it does not parse. */
export function readModule(path: string, text: string): Module {
  const { program, module, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`)
  const starts = lineStarts(text)
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1
  return {
    path,
    isTest: path.endsWith('.test.ts'),
    length: text.endsWith('\n') ? starts.length - 1 : starts.length,
    imports: [
      ...staticImports(path, module, lineAt),
      ...references(path, text, module, lineAt),
      ...typeImports(path, program, lineAt),
    ],
    exports: exportsOf(module, lineAt),
    program,
    comments,
    slice: (start, end) => text.slice(start, end),
    lineAt,
  }
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)]
}

type LineAt = (offset: number) => number

/** `import ... from` and `export ... from`, type imports included. */
function staticImports(path: string, module: EcmaScriptModule, lineAt: LineAt): Import[] {
  const imports = module.staticImports.map(({ moduleRequest, entries, start }) => {
    const names = entries.map(({ importName }) => (importName.kind === 'Default' ? 'default' : (importName.name ?? '*')))
    return { ...resolve(path, moduleRequest.value), names, line: lineAt(start) }
  })
  const entries = module.staticExports.flatMap((statement) => statement.entries)
  const passedOn = entries.flatMap(({ moduleRequest, importName, start }) =>
    moduleRequest ? [{ ...resolve(path, moduleRequest.value), names: [importName.name ?? '*'], line: lineAt(start) }] : [],
  )
  return [...imports, ...passedOn]
}

/** `import('./x.ts')`, and `new URL('x.ts', import.meta.url)` by which a process or worker starts. */
function references(path: string, text: string, module: EcmaScriptModule, lineAt: LineAt): Import[] {
  const dynamic = module.dynamicImports.map(({ moduleRequest, start }) => ({
    specifier: text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
    start,
  }))
  const urls = [...text.matchAll(/new URL\('([^']+\.(?:ts|mjs))', import\.meta\.url\)/g)].map((match) => ({
    specifier: match[1]!.startsWith('.') ? match[1]! : `./${match[1]}`,
    start: match.index,
  }))
  return [...dynamic, ...urls].map(({ specifier, start }) => ({ ...resolve(path, specifier), names: ['*'], line: lineAt(start) }))
}

/** `import('./x.ts').Name` in the place of a type. */
function typeImports(path: string, program: ParseResult['program'], lineAt: LineAt): Import[] {
  const found: Import[] = []
  new Visitor({
    TSImportType: ({ source, start }) => void found.push({ ...resolve(path, source.value), names: ['*'], line: lineAt(start) }),
  }).visit(program)
  return found
}

function resolve(path: string, specifier: string): { target: string; isLocal: boolean } {
  if (specifier.startsWith('.')) return { target: posix.join(posix.dirname(path), specifier), isLocal: true }
  return { target: specifier, isLocal: false }
}

function exportsOf(module: EcmaScriptModule, lineAt: LineAt): Export[] {
  const entries = module.staticExports.flatMap((statement) => statement.entries)
  return entries.map(({ exportName, isType, start }) => ({
    name: exportName.kind === 'Default' ? 'default' : (exportName.name ?? '*'),
    isType,
    line: lineAt(start),
  }))
}
