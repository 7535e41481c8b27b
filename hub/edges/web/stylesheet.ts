import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** NL Design System components that the pages use; each is CSS only. */
const COMPONENTS = [
  'alert',
  'button',
  'button-link',
  'checkbox',
  'data-list',
  'form-field',
  'form-field-description',
  'form-field-error-message',
  'form-fieldset',
  'form-label',
  'heading-1',
  'heading-2',
  'heading-3',
  'link',
  'paragraph',
  'radio-button',
  'skip-link',
  'textbox',
]
const THEME = '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css'

export interface Stylesheet {
  text: string
  /** Where the screens serve it; changes with the text, so that browsers may keep it for ever. */
  address: string
}

/** The one stylesheet of the screens: components, what they use of the theme, and our own few rules. */
export function readStylesheet(): Stylesheet {
  const components = COMPONENTS.map((name) => read(`@utrecht/${name}-css/dist/index.css`))
  const own = readFileSync(new URL('./screens.css', import.meta.url), 'utf8')
  const rules = [...components, own].join('\n')
  const text = `${usedTokens(read(THEME), rules)}\n${rules}`
  return { text, address: `/scherm/${hash('sha256', text).slice(0, 12)}.css` }
}

function read(file: string): string {
  return readFileSync(new URL(import.meta.resolve(file)), 'utf8')
}

/** The theme's variables that the rules use, directly or through other variables: a twentieth of them. */
function usedTokens(theme: string, rules: string): string {
  const values = new Map([...theme.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name ?? '', value ?? '']))
  const used = new Set<string>()
  const waiting = namesIn(rules)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const value = values.get(name)
    if (used.has(name) || value === undefined) continue
    used.add(name)
    waiting.push(...namesIn(value))
  }
  return `:root {\n${[...used].map((name) => `  ${name}: ${values.get(name)};`).join('\n')}\n}`
}

function namesIn(css: string): string[] {
  return [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name ?? '')
}
