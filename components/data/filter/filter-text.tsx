'use client'

import { Check } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/input'
import { parseFilter } from '@/lib/model/filter/parse-filter'

interface FilterTextProps {
  readonly text: string
  readonly onApply: (text: string) => void
  /** Leaves the text as it was, or gives up one that cannot be read. */
  readonly onCancel: () => void
  readonly cancelLabel: string
}

/** The filter as text. What cannot be read stays as it was typed, and it says where it goes wrong. */
export function FilterText({ text, onApply, onCancel, cancelLabel }: FilterTextProps) {
  const [draft, setDraft] = useState(text)
  const [isTried, setTried] = useState(text !== '')
  const problemId = useId()
  const parsed = parseFilter(draft)
  const problem = parsed.kind === 'wrong' ? parsed.problem : null

  function apply() {
    setTried(true)
    if (!problem) onApply(draft.trim())
  }

  return (
    <form
      className="flex w-full min-w-0 flex-1 flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <div className="min-w-56 flex-1">
        <TextArea
          autoFocus
          rows={Math.min(6, Math.max(1, Math.ceil(draft.length / 90)))}
          aria-label="Filter as text"
          aria-invalid={isTried && problem !== null}
          aria-describedby={problemId}
          placeholder='status = "open" and (priority >= 3 or owner.email ilike "%@example.com")'
          spellCheck={false}
          className="min-h-8 font-mono text-xs!"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault()
              apply()
            }
            if (event.key === 'Escape') onCancel()
          }}
        />
        <p id={problemId} aria-live="polite" className="font-mono text-danger-text text-xs">
          {isTried && problem && (
            <>
              <span className="font-sans">{problem.message}</span>
              {problem.start < draft.length && (
                <>
                  {' '}
                  <span className="text-muted">{draft.slice(0, problem.start).slice(-30)}</span>
                  <mark className="bg-danger-soft text-danger-text">
                    {draft.slice(problem.start, problem.end).slice(0, 30)}
                  </mark>
                </>
              )}
            </>
          )}
        </p>
      </div>
      <Button type="submit" variant="primary" icon={<Check />}>
        Apply
      </Button>
      <Button variant="quiet" onClick={onCancel}>
        {cancelLabel}
      </Button>
    </form>
  )
}
