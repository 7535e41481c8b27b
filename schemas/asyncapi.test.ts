import { expect } from 'chai'
import { parse } from 'yaml'
import { readSchemas, readText } from './files.ts'
import type { Gebeurtenis, Gebeurtenistype } from './types.ts'
import { validator } from './validate.ts'

interface Message {
  name: Gebeurtenistype
  examples: Array<{ payload: Gebeurtenis }>
}

const { channels, components, operations } = parse(readText('asyncapi.yaml')) as {
  channels: Record<string, { messages: Record<string, { $ref: string }> }>
  components: { messages: Record<string, Message> }
  operations: Record<string, { channel: { $ref: string } }>
}

describe('asyncapi.yaml', () => {
  const events = Object.fromEntries(Object.entries(components.messages).filter(([, { name }]) => name.startsWith('nl.')))

  it('has a message for every type of event, with an example that the schema accepts', () => {
    const types = (readSchemas().get('gedeeld')!.$defs as { Gebeurtenistype: { enum: Gebeurtenistype[] } }).Gebeurtenistype.enum
    expect(Object.values(events).map(({ name }) => name)).to.have.members(types)
    for (const { name, examples } of Object.values(events)) {
      expect(examples[0]!.payload.type).to.equal(name)
      expect(validator('gebeurtenis')(examples[0]!.payload)).to.eql([])
    }
  })

  it('carries every event over every channel for events, and each channel has an operation', () => {
    const references = Object.keys(events).map((key) => `#/components/messages/${key}`)
    for (const [name, { messages }] of Object.entries(channels)) {
      if (['registraties', 'afgekeurd'].includes(name)) continue
      expect(Object.values(messages).map(({ $ref }) => $ref)).to.have.members(references)
    }
    const used = Object.values(operations).map(({ channel }) => channel.$ref)
    expect(used).to.have.members(Object.keys(channels).map((name) => `#/channels/${name}`))
  })
})
