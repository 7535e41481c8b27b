import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { WORKBOOK, workbookOf } from './workbook.ts'

const region = new URL('../voorbeeldregio/', import.meta.url)
const file = new URL(WORKBOOK.file, region)
mkdirSync(new URL('./', file), { recursive: true })
writeFileSync(file, workbookOf(readFileSync(new URL(WORKBOOK.text, region), 'utf8')))
