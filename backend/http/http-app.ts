import { Hono } from 'hono'
import { checkStore } from '@/backend/operations/check-store'
import type { Engine } from '@/backend/operations/engine'
import { absentRoutes } from './absent-routes'
import { accountRoutes } from './account-routes'
import { authRoutes } from './auth-routes'
import { clientStorageRoutes } from './client-storage-routes'
import { crossOrigin } from './cors'
import { downloadRoutes } from './download-routes'
import { answerError, notSupportedYet } from './errors'
import { missingRoutes } from './known-routes'
import { requireLoopback } from './loopback'
import { MalformedJson } from './params'
import { permsCheckRoutes } from './perms-check-routes'
import { queryRoutes } from './query-routes'
import { runtimeAuthRoutes } from './runtime-auth-routes'
import { schemaRoutes } from './schema-routes'
import { storageRoutes } from './storage-routes'
import { transactRoutes } from './transact-routes'

/** The backend as a function from Request to Response. */
export function createHttpApp(engine: Engine): Hono {
  const app = new Hono()
  app.use(crossOrigin())
  app.use(requireLoopback())

  app.get('/', (c) => c.html("<code>Welcome to Instant's Backend!</code>"))
  app.get('/health/system', async (c) => {
    await checkStore(engine)
    return c.json({ wal: 'ok' })
  })
  app.route('/', queryRoutes(engine))
  app.route('/', transactRoutes(engine))
  app.route('/', permsCheckRoutes(engine))
  app.route('/', authRoutes(engine))
  app.route('/', runtimeAuthRoutes(engine))
  app.route('/', schemaRoutes(engine))
  app.route('/', accountRoutes(engine))
  app.route('/', storageRoutes(engine))
  app.route('/', clientStorageRoutes(engine))
  app.route('/', downloadRoutes(engine))
  app.route('/', absentRoutes(engine))

  app.notFound((c) => {
    const missing = missingRoutes.find(({ path }) => path.test(c.req.path))
    if (missing) throw notSupportedYet(missing.feature)
    return c.json({ message: "Oops! We couldn't match this route." }, 404)
  })
  app.onError((error, c) => {
    // Instant answers this one error in plain text (contract http.md 1.3).
    if (error instanceof MalformedJson) return c.text('Malformed JSON in request body.', 400)
    return answerError(error, c)
  })
  return app
}
