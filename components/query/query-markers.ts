import type { EditorMarker } from '@/components/editor/editor-props'
import { placeInQuery } from '@/lib/model/query-place'
import type { QueryText } from '@/lib/model/query-text'
import type { QueryRunError } from '@/lib/queries/query-run'
import { hintErrors } from './failure-hint'

/**
 * What is marked in a text: its own problems, and what the backend said of it, as long as it is
 * still the text the backend judged.
 */
export function queryMarkers(
  text: string,
  parsed: QueryText,
  failed: QueryRunError | null,
): readonly EditorMarker[] {
  switch (parsed.kind) {
    case 'empty':
      return []
    case 'wrong':
      return [{ tone: 'error', ...parsed.problem }]
    case 'query': {
      const warnings = parsed.warnings.map((problem) => ({ tone: 'warning' as const, ...problem }))
      return failed?.text === text ? [...warnings, ...refusalMarkers(failed)] : warnings
    }
  }
}

function refusalMarkers({ text, failure }: QueryRunError): readonly EditorMarker[] {
  return hintErrors(failure.hint).flatMap(({ path, message, expected }) => {
    const span = placeInQuery(text, path)
    if (!span) return []
    return [{ tone: 'error', message: message ?? failure.message + of(expected), span }]
  })
}

function of(expected: string | null): string {
  return expected ? ` (expected ${expected})` : ''
}
