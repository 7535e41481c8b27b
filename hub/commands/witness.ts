import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readCheckpoint, writeCheckpoint } from '../edges/checkpoint-file.ts'
import { HubError } from '../errors.ts'
import { type Judgement, judgeGrowth, openWith } from '../stages/audit/judge-growth.ts'
import { decode, parseVkey } from '../stages/audit/note.mjs'
import { sha256 } from '../stages/audit/tree-hash.mjs'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { demoSenderFor, type Sender } from './witness/demo-sender.ts'

const TIMEOUT_MS = 10_000
const ANSWER_MAX_BYTES = 1_000_000

export const command: Command = {
  summary: 'bewaart de controlepunten van een hub en gaat na of het log alleen groeit',
  help: `Voorbeelden:
  verwijsindex witness --hub https://hub.voorbeeld.example --key "$VKEY" --dir getuige --token-file token.txt
  verwijsindex witness --hub http://127.0.0.1:8080 --key "$VKEY" --dir getuige --every 60

Haalt het laatste controlepunt op, gaat de handtekening na en of het log begint met het log dat eerder is gezien, en bewaart het.
Een vork of een stap terug geeft exitcode 1; het afwijkende controlepunt wordt als bewijs bewaard en nooit over een goed heen gezet.

Uitvoer (JSON): {"goed":true,"stand":"eerste|gelijk|gegroeid","omvang"}
of {"goed":false,"fout":"handtekening|bewaard-onleesbaar|stap-terug|vork","omvang","eerder"}.

Opties:
  --hub URL        het adres van de hub, zonder /v1
  --key VKEY       de sleutel van het log (C2SP vkey); gaat het log over op een andere, geef dan beide, en de oude niet langer dan nodig
  --dir DIR        de map van deze getuige
  --token-file F   bestand met een toegangstoken (recht logregel:lezen), elke keer opnieuw gelezen; zonder: in de demo een eigen token
  --every N        ga door, elke N seconden, tot er iets mis is`,

  async run(args) {
    const watch = readWatch(args)
    for (;;) {
      const judgement = await look(watch)
      process.stdout.write(`${JSON.stringify(judgement)}\n`)
      if (!judgement.goed) return EXIT.findings
      if (watch.every_s === undefined) return EXIT.good
      await sleep(watch.every_s * 1000)
    }
  },
}

interface Watch {
  hub: URL
  vkeys: string[]
  dir: string
  tokenFile: string | undefined
  every_s: number | undefined
}

function readWatch(args: string[]): Watch {
  const text = { type: 'string' } as const
  const options = {
    hub: text,
    key: { ...text, multiple: true },
    dir: text,
    'token-file': text,
    every: text,
    json: { type: 'boolean' },
  } as const
  const { values } = readArguments({ args, options, strict: true })
  const { key: vkeys = [], dir, every } = values
  if (!values.hub || !URL.canParse(values.hub) || !/^https?:/.test(values.hub))
    throw misuse('--hub: geef een adres met http of https.')
  if (vkeys.length === 0 || !vkeys.every(parseVkey)) throw misuse('--key: geef de sleutel van het log (C2SP vkey).')
  if (!dir) throw misuse('--dir: geef een map.')
  if (every !== undefined && !/^[1-9]\d{0,5}$/.test(every)) throw misuse('--every: geef een aantal seconden vanaf 1.')
  const hub = new URL(values.hub.endsWith('/') ? values.hub : `${values.hub}/`)
  return { hub, vkeys, dir, tokenFile: values['token-file'], every_s: every === undefined ? undefined : Number(every) }
}

/** Looks once, and keeps what was seen. */
async function look({ hub, vkeys, dir, tokenFile }: Watch): Promise<Judgement> {
  const sender = tokenFile === undefined ? await demoSenderFor(hub) : bearer(readToken(tokenFile))
  const shown = await fetchText(hub, 'v1/controlepunt', sender)
  const kept = await readCheckpoint(dir)
  const proofBetween = async (from: number, to: number) =>
    readPath(await fetchText(hub, `v1/controlepunt/_consistentie?van=${from}&tot=${to}`, sender))
  const judgement = await judgeGrowth({ vkeys, kept, shown, proofBetween })
  if (!judgement.goed) await writeCheckpoint(dir, shown, `afwijkend-${sha256(Buffer.from(shown)).toString('hex').slice(0, 16)}`)
  else if (judgement.stand !== 'gelijk') {
    const size = String(openWith(shown, vkeys)?.size).padStart(16, '0')
    await writeCheckpoint(dir, shown, `omvang-${size}`)
    await writeCheckpoint(dir, shown)
  }
  return judgement
}

async function fetchText(hub: URL, path: string, sender: Sender): Promise<string> {
  const url = new URL(path, hub)
  const headers = await sender.headers('GET', url.href)
  const unreachable = (cause: unknown) =>
    new HubError('tijdelijk-niet-beschikbaar', { detail: `De hub is niet te bereiken op ${url.origin}.`, cause })
  const answer = await sender
    .fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    .catch((cause) => {
      throw unreachable(cause)
    })
  const text = await answer.text().catch((cause) => {
    throw unreachable(cause)
  })
  if (answer.ok && text.length <= ANSWER_MAX_BYTES) return text
  const advice =
    answer.status === 401 || answer.status === 403 ? ' Geef met --token-file een token met het recht logregel:lezen.' : ''
  const code = advice === '' ? 'tijdelijk-niet-beschikbaar' : 'configuratie'
  throw new HubError(code, { detail: `De hub antwoordt met ${answer.status} op ${url.pathname}.${advice}` })
}

/** The hashes of a consistency proof; an answer of another form proves nothing. */
function readPath(text: string): Uint8Array[] {
  const pad = parsePath(text)
  return pad.map((hash) => (typeof hash === 'string' ? decode(hash) : undefined) ?? new Uint8Array())
}

function parsePath(text: string): unknown[] {
  try {
    const { pad } = JSON.parse(text) as { pad?: unknown }
    return Array.isArray(pad) ? pad : []
  } catch (cause) {
    throw new HubError('tijdelijk-niet-beschikbaar', { detail: 'De hub geeft geen leesbaar bewijs.', cause })
  }
}

/** With a token that is bound to nothing. */
function bearer(token: string): Sender {
  return { headers: async () => ({ authorization: `Bearer ${token}` }), fetch }
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new HubError('gebruik', { detail: `--token-file: “${file}” is niet te lezen.`, cause })
  }
}

function misuse(detail: string): HubError {
  return new HubError('gebruik', { detail })
}
