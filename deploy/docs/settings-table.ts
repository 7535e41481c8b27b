import { SETTINGS, type Setting } from '../../hub/settings.ts'

const START = '<!-- settings: made by `npm run docs` from hub/settings.ts -->'
const END = '<!-- end of settings -->'

/** The text with its table of settings as the code has it now. Throws when the text has no place for the table. */
export function withSettings(text: string): string {
  const from = text.indexOf(START)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error(`no place for the settings: “${START}” … “${END}”`)
  return `${text.slice(0, from)}${START}\n${settingsTable()}${text.slice(to)}`
}

function settingsTable(): string {
  const all = Object.entries<Setting>(SETTINGS)
  return [
    '| setting | when absent | meaning |',
    '|---|---|---|',
    ...all.map(([name, setting]) => `| \`${name}\` | ${shown(setting)} | ${setting.meaning} |`),
    '',
  ].join('\n')
}

function shown({ fallback }: Setting): string {
  if (typeof fallback !== 'string') return `\`${fallback.demo}\` in the demo, \`${fallback.serve}\` in \`serve\``
  return fallback === '' ? 'none' : `\`${fallback}\``
}
