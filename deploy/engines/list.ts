import type { Engine } from './engine.ts'
import { fhir } from './fhir.ts'
import { kafka } from './kafka.ts'
import { keycloak } from './keycloak.ts'
import { postgresql } from './postgresql.ts'
import { redis } from './redis.ts'

/** Every engine, the quickest to start first. */
export const ENGINES: Engine[] = [postgresql, redis, kafka, fhir, keycloak]
