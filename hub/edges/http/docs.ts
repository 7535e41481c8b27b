import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Router } from 'express'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"

const FILES = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))

const PAGE = `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API van de verwijsindex</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

const START =
  "SwaggerUIBundle({ url: '/v1/openapi.json', dom_id: '#swagger-ui', supportedSubmitMethods: [], deepLinking: true })\n"

/** The API's document on screen, self-hosted: no request leaves this server. */
export function docsRouter(): Router {
  const router = Router({ strict: true })
  router.use((_request, response, next) => {
    response.set('Content-Security-Policy', POLICY)
    next()
  })
  router.get('/', (request, response, next) => {
    const isSlashed = /^\/docs\/($|\?)/.test(request.originalUrl)
    if (isSlashed) next()
    else response.type('html').send(PAGE)
  })
  router.get('/start.js', (_request, response) => void response.type('text/javascript').send(START))
  for (const [file, type] of [
    ['swagger-ui.css', 'text/css'],
    ['swagger-ui-bundle.js', 'text/javascript'],
  ] as const) {
    const text = readFileSync(join(FILES, file), 'utf8')
    router.get(`/${file}`, (_request, response) => void response.type(type).send(text))
  }
  return router
}
