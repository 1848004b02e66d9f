'use client'

import { Alert } from './alert'
import { Button } from './button'
import { forgetFailures, useLaterFailed } from './later'

/** Says that something could not open, until it could or one has read it. */
export function LaterNote() {
  const hasFailed = useLaterFailed()
  return (
    hasFailed && (
      <div className="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-md">
        <Alert
          title="A part of the page could not be fetched"
          actions={
            <Button size="small" onClick={forgetFailures}>
              Dismiss
            </Button>
          }
        >
          See that the dashboard is running, and try again. If it was started anew since, reload the
          page.
        </Alert>
      </div>
    )
  )
}
