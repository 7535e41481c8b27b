import { expect } from 'chai'
import { openapiDocument } from '../../../schemas/openapi.ts'
import { type ErrorCode, HubError } from '../../errors.ts'
import { refuse } from '../auth/refuse.ts'
import { problemOf } from './problem.ts'

type Example = Record<string, unknown> & { type: string }

describe('problemOf', () => {
  const { components } = openapiDocument() as {
    components: { responses: Record<string, { content?: Record<string, { example: Example }> }> }
  }
  const examples = Object.entries(components.responses).flatMap(([name, { content }]) =>
    content ? [[name, content['application/problem+json']?.example as Example] as const] : [],
  )

  for (const [name, { fouten = [], ...example }] of examples)
    it(`is what the OpenAPI document gives as an example: ${name}`, () => {
      const code = example.type.split(':').at(-1) as ErrorCode
      const place = {
        operation: String(example.instance).split(':').at(-1) as string,
        traceId: '0af7651916cd43dd8448eb211c80319c',
      }
      expect(problemOf(errorOf(code), place).body).to.eql(example)
      if (code === 'ongeldige-invoer') expect(fouten).to.be.an('array').that.is.not.empty
    })

  it('shows nothing of what nobody foresaw', () => {
    const { status, body } = problemOf(new Error('geheim'), { operation: 'x', traceId: 'ab' })
    expect(status).to.equal(500)
    expect(JSON.stringify(body)).not.to.include('geheim')
  })
})

/** The error as it is thrown. */
function errorOf(code: ErrorCode): HubError {
  if (code !== 'token-ongeldig') return new HubError(code)
  try {
    return refuse('reden')
  } catch (error) {
    return error as HubError
  }
}
