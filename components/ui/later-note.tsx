'use client'

import { Alert } from './alert'
import { useLaterFailed } from './later'

/** Says that something could not open, as long as that is so. */
export function LaterNote() {
  const hasFailed = useLaterFailed()
  return (
    hasFailed && (
      <div className="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-md">
        <Alert title="A part of the page could not be fetched">
          See that the dashboard is running, and try again. If it was started anew since, reload the
          page.
        </Alert>
      </div>
    )
  )
}
