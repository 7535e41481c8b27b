import type { Outgoing } from '../../hub/ports/broker.ts'

const CLIENTS = ['bureau-jeugdzorg', 'rubicon', 'mee', 'vorkmeer']
const POISON_EVERY = 100
const DOUBLE_EVERY = 10
const WINDOW = 50

export interface Planted {
  /** In the order of sending, by client. */
  sent: Map<string, Outgoing[]>
  /** How many different registrations are in it. */
  references: number
  poison: number
}

/** As many messages as asked for, over the clients of the example region: new ones, repeated ones, poison, a little out of order. */
export function messagesFor(count: number, seed: number): Planted {
  const random = generator(seed)
  const sent = new Map<string, Outgoing[]>(CLIENTS.map((client) => [client, []]))
  const planted: Planted = { sent, references: 0, poison: 0 }
  for (let number = 0; number < count; number++) {
    const client = CLIENTS[number % CLIENTS.length] as string
    const own = sent.get(client) as Outgoing[]
    const good = number % DOUBLE_EVERY === 9 ? own.findLast(({ value }) => value.startsWith('{"b')) : undefined
    if (number % POISON_EVERY === 50) planted.poison++
    else if (!good) planted.references++
    const message = number % POISON_EVERY === 50 ? poisoned(client, number) : (good ?? registration(client, number))
    own.splice(own.length - Math.floor(random() * Math.min(WINDOW, own.length + 1)), 0, message)
  }
  return planted
}

function registration(client: string, number: number): Outgoing {
  const kenmerk = `dossier-${number}`
  const value = {
    bronbericht: `bericht-${number}`,
    kenmerk,
    versie: 1,
    persoon: {
      voornamen: `Proef${number % 997}`,
      geslachtsnaam: `Voorbeeld${number % 7919}`,
      geboortedatum: `2013-0${1 + (number % 9)}-11`,
    },
    betrokkenheid: { status: 'actief', begindatum: '2026-01-05' },
    contact: { functie: 'jeugdhulpverlener' },
  }
  return { key: `${client}/${kenmerk}`, value: JSON.stringify(value), headers: {} }
}

/** No JSON, no registration, or the key of another. */
function poisoned(client: string, number: number): Outgoing {
  const { value } = registration(client, number)
  const kinds = ['{"kapot', '[]', value]
  return { key: `${client}/elders-${number}`, value: kinds[((number / POISON_EVERY) % kinds.length) | 0] as string, headers: {} }
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
