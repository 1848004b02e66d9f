import { defaultShouldDehydrateQuery, environmentManager, QueryClient } from '@tanstack/react-query'
import { RequestError } from './request-error'

let browserClient: QueryClient | undefined

/** One client per request on the server, one for the whole visit in the browser. */
export function getQueryClient(): QueryClient {
  if (environmentManager.isServer()) return createQueryClient()
  browserClient ??= createQueryClient()
  return browserClient
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: isWorthRetrying,
        retryDelay: 300,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
      dehydrate: {
        // A read the server has begun and not finished goes on in the browser.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
    },
  })
}

// What a route has told is final. Anything else is an answer lost on the way from the server's own
// read, which arrives without its message: asking once more over HTTP brings it.
function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof RequestError)
}
