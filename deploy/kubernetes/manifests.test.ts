import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import { Namespace } from 'kubernetes-models/v1/Namespace'
import { Service } from 'kubernetes-models/v1/Service'
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount'
import { parse } from 'yaml'
import { SETTINGS } from '../../hub/settings.ts'

const read = (name: string) => parse(readFileSync(join(import.meta.dirname, name), 'utf8'))
const KINDS = { Namespace, NetworkPolicy, Service, ServiceAccount, StatefulSet }

describe('manifests for Kubernetes', () => {
  const { resources, configMapGenerator } = read('kustomization.yaml') as {
    resources: string[]
    configMapGenerator: { literals: string[] }[]
  }

  for (const name of resources)
    it(`${name} keeps to its schema`, () => {
      const manifest = read(name)
      const Kind = KINDS[manifest.kind as keyof typeof KINDS]
      new Kind(manifest).validate()
      expect(() => new Kind({ ...manifest, metadata: 1 } as never).validate()).to.throw()
    })

  it('run one hub, not as root, on a read-only disk, without rights, with probes', () => {
    const { spec } = read('stateful-set.yaml')
    const pod = spec.template.spec
    const [hub] = pod.containers
    expect(spec.replicas).to.equal(1)
    expect(pod.securityContext).to.include({ runAsNonRoot: true, runAsUser: 10001 })
    expect(pod.automountServiceAccountToken).to.equal(false)
    expect(hub.securityContext).to.deep.include({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(hub).to.include.keys('startupProbe', 'readinessProbe', 'livenessProbe')
    const claims = spec.volumeClaimTemplates.map(({ metadata }: { metadata: { name: string } }) => metadata.name)
    expect(claims).to.eql(['data', 'keys', 'state'])
  })

  it('let in nothing but requests and figures', () => {
    const { spec } = read('network-policy.yaml')
    expect(spec.policyTypes).to.eql(['Ingress', 'Egress'])
    const ports = spec.ingress.flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port))
    expect(ports).to.eql([8080, 9464])
  })

  it('set only settings that exist', () => {
    const names = configMapGenerator.flatMap(({ literals }) => literals.map((literal) => literal.split('=')[0]!))
    for (const name of names) expect(Object.keys(SETTINGS)).to.include(name)
  })
})
