import { deadLink } from './rules/dead-link.ts'
import { dependencyReason } from './rules/dependency-reason.ts'
import { fileLength } from './rules/file-length.ts'
import { functionLength } from './rules/function-length.ts'
import { importCycle } from './rules/import-cycle.ts'
import { importDirection } from './rules/import-direction.ts'
import { lockFile } from './rules/lock-file.ts'
import { onlyHere } from './rules/only-here.ts'
import { pureStages } from './rules/pure-stages.ts'
import { unfinished } from './rules/unfinished.ts'
import { unusedExport } from './rules/unused-export.ts'
import { unusedFile } from './rules/unused-file.ts'
import type { Rule } from './tree.ts'

/** Every rule of the tidy test, by what it asks. */
export const RULES = {
  'imports point down': importDirection,
  'no import cycles': importCycle,
  'one place for each thing': onlyHere,
  'stages are pure': pureStages,
  'files of at most 250 lines, tests of 400': fileLength,
  'functions of at most 60 lines': functionLength,
  'no unused files': unusedFile,
  'no unused exports': unusedExport,
  'a reason for each runtime dependency': dependencyReason,
  'a lock file for every system': lockFile,
  'links lead somewhere': deadLink,
  'nothing left unfinished': unfinished,
} satisfies Record<string, Rule>
