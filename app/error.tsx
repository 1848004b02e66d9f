'use client'

import { FailedState } from '@/components/shell/states'

interface ErrorPageProps {
  readonly error: Error & { digest?: string }
  readonly reset: () => void
}

/** A bug of ours: what was expected to fail is shown in place by the page itself. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="flex h-full min-h-96 items-center justify-center">
      <title>Understudy</title>
      <FailedState
        title="This page broke"
        failure={{
          code: 'internal',
          message: error.digest
            ? `The dashboard's log has the details under ${error.digest}.`
            : error.message,
        }}
        onRetry={reset}
      />
    </main>
  )
}
