import { posix } from 'node:path'
import type { Breach, Tree } from '../tree.ts'

const LINK = /\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g
const OUTSIDE = /^[a-z][a-z0-9+.-]*:/i

/** Every relative link in a Markdown file leads to a file or folder of the project, and its anchor to a heading there. */
export function deadLink(tree: Tree): Breach[] {
  return [...tree.paths].filter(isMarkdown).flatMap((path) =>
    linksIn(tree.text(path)).flatMap(({ target, line }) => {
      const message = faultOf(tree, path, target)
      return message ? [{ path, line, message: `links to ${target}: ${message}` }] : []
    }),
  )
}

function isMarkdown(path: string): boolean {
  return path.endsWith('.md')
}

function linksIn(text: string): { target: string; line: number }[] {
  return proseLines(text).flatMap((prose, index) =>
    [...prose.replace(/`[^`]*`/g, '').matchAll(LINK)]
      .map(([, target = '']) => ({ target, line: index + 1 }))
      .filter(({ target }) => !OUTSIDE.test(target)),
  )
}

/** The lines of a text, those of code blocks made empty. */
function proseLines(text: string): string[] {
  let isCode = false
  return text.split('\n').map((line) => {
    const isFence = /^\s*(```|~~~)/.test(line)
    if (isFence) isCode = !isCode
    return isFence || isCode ? '' : line
  })
}

function faultOf(tree: Tree, from: string, target: string): string | undefined {
  const [address = '', anchor] = decodeURIComponent(target).split('#', 2)
  const path = address === '' ? from : posix.join(posix.dirname(from), address).replace(/\/$/, '')
  const exists = path === '.' || tree.paths.has(path) || [...tree.paths].some((known) => known.startsWith(`${path}/`))
  if (!exists) return 'there is no such file'
  if (anchor && isMarkdown(path) && !anchorsOf(tree.text(path)).has(anchor)) return 'there is no such heading'
}

/** The anchors that a forge gives to headings: lower case, without punctuation, hyphens for spaces. */
function anchorsOf(text: string): Set<string> {
  const headings = proseLines(text).flatMap((line) => /^#{1,6} +(.*)$/.exec(line)?.[1] ?? [])
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  )
}
