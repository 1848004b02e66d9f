import { Database } from 'lucide-react'
import { NothingYetState } from '@/components/shell/states'

/** For an app without namespaces: what to do first. */
export function NoNamespaces() {
  return (
    <div className="flex flex-1 items-center justify-center">
      <NothingYetState title="This app has no data yet" icon={<Database />}>
        <p>
          A namespace appears with the first record that is written to it, or with a schema push.
        </p>
        <pre className="mt-3 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 text-left font-mono text-xs">
          {"await db.transact(\n  db.tx.todos[id()].create({ title: 'First' }),\n)"}
        </pre>
      </NothingYetState>
    </div>
  )
}
