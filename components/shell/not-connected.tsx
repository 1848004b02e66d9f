import { Mark } from './mark'

/** What the dashboard shows when it has no app to open. */
export function NotConnected({ reason }: { reason: string | null }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center px-6 py-12">
      <title>Not connected · Understudy</title>
      <Mark className="mb-6 size-10" />
      <h1 className="font-semibold text-xl">Not connected to an app</h1>
      {reason && <p className="mt-2 text-danger-text">{reason}</p>}
      <p className="mt-2 text-muted">
        Understudy reaches an app through its Instant backend. Do one of the two, then reload.
      </p>
      <h2 className="mt-6 font-medium">The embedded backend, with its demo app</h2>
      <Code>npm start</Code>
      <h2 className="mt-5 font-medium">An app of yours</h2>
      <p className="text-muted">
        The address is that of Instant Cloud; for a self-hosted Instant give your own.
      </p>
      <Code>
        {
          'INSTANT_API_URI=https://api.instantdb.com \\\nINSTANT_APP_ID=… \\\nINSTANT_APP_ADMIN_TOKEN=… \\\nnpm start'
        }
      </Code>
      <p className="mt-4 text-muted text-xs">
        The admin token stays in the dashboard's server process. It is never sent to the browser.
      </p>
    </main>
  )
}

function Code({ children }: { children: string }) {
  return (
    <pre className="mt-2 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs">
      {children}
    </pre>
  )
}
