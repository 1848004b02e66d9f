import { environmentManager, QueryClient } from '@tanstack/react-query'

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
        // A backend's answer is final, and one that is down is retried by the person who sees so.
        retry: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}
