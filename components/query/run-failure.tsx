'use client'

import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { isJsonObject } from '@/lib/base/json'
import type { Failure } from '@/lib/model/failure'
import type { TextSpan } from '@/lib/model/text-span'
import { type HintError, hintErrors, otherHints } from './failure-hint'

interface RunFailureProps {
  readonly failure: Failure
  /** Where an error's path stands in the editor's text; null when it does not. */
  readonly placeOf: (path: readonly unknown[]) => TextSpan | null
  readonly onGoTo: (span: TextSpan) => void
}

/** Why a query was not answered: the message, Instant's type for it, and its hint made readable. */
export function RunFailure({ failure, placeOf, onGoTo }: RunFailureProps) {
  const errors = hintErrors(failure.hint)
  const other = otherHints(failure.hint)
  return (
    <Alert className="m-3">
      <p className="font-medium">{failure.message}</p>
      {errors.length > 0 && (
        <ul className="mt-1.5 space-y-1">
          {errors.map((error, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list belongs to one failure and never changes
            <li key={index}>
              <ErrorOfHint error={error} span={placeOf(error.path)} onGoTo={onGoTo} />
            </li>
          ))}
        </ul>
      )}
      {other !== undefined && (
        <pre className="mt-1.5 max-h-48 overflow-auto whitespace-pre-wrap font-mono text-xs">
          {isJsonObject(other) &&
          typeof other.message === 'string' &&
          Object.keys(other).length === 1
            ? other.message
            : JSON.stringify(other, null, 2)}
        </pre>
      )}
      <p className="mt-1.5 flex flex-wrap gap-1.5">
        <Badge className="border-current! text-current!">{failure.code}</Badge>
        {failure.status !== undefined && (
          <Badge className="border-current! text-current!">HTTP {failure.status}</Badge>
        )}
      </p>
    </Alert>
  )
}

interface ErrorOfHintProps {
  readonly error: HintError
  readonly span: TextSpan | null
  readonly onGoTo: (span: TextSpan) => void
}

function ErrorOfHint({ error, span, onGoTo }: ErrorOfHintProps) {
  const path = error.path.map(String).join(' › ')
  return (
    <>
      {span ? (
        <button
          type="button"
          onClick={() => onGoTo(span)}
          className="rounded-sm font-mono text-xs underline underline-offset-2"
        >
          Line {span.line}: {path}
        </button>
      ) : (
        path !== '' && <code className="font-mono text-xs">{path}</code>
      )}
      {error.message && <span className="block">{error.message}</span>}
      {!error.message && error.expected && (
        <span className="block">
          Expected <code className="font-mono text-xs">{error.expected}</code>
        </span>
      )}
    </>
  )
}
