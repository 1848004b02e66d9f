'use client'

import { Search } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import { isTyping } from '@/components/shell/is-typing'
import { Input } from '@/components/ui/input'
import { searchedAttributes } from '@/lib/model/filter/quick-search'
import type { Namespace } from '@/lib/model/schema'

interface QuickSearchProps {
  readonly namespace: Namespace
  readonly text: string
  /** Why the text is not searched for, or null. */
  readonly issue: string | null
  readonly onSearch: (text: string) => void
}

/** How long typing must pause before it is searched for. */
const pauseMs = 250

/** Finds records by any indexed text, or by id. `/` goes to it. */
export function QuickSearch({ namespace, text, issue, onSearch }: QuickSearchProps) {
  const input = useRef<HTMLInputElement>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const issueId = useId()
  const searched = searchedAttributes(namespace)

  useEffect(() => {
    function press(event: KeyboardEvent) {
      const isPlain = !event.metaKey && !event.ctrlKey && !event.altKey
      if (event.key !== '/' || !isPlain || isTyping(event.target)) return
      event.preventDefault()
      input.current?.select()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])

  useEffect(() => {
    // Back, Forward or a cleared filter: the address speaks and the field follows.
    if (input.current && input.current.value.trim() !== text) input.current.value = text
    return () => clearTimeout(pause.current)
  }, [text])

  const search = (wanted: string) => {
    clearTimeout(pause.current)
    if (wanted.trim() !== text) onSearch(wanted.trim())
  }

  return (
    <div className="relative flex w-full items-center sm:w-56">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute left-2 size-3.5 text-faint"
      />
      <Input
        ref={input}
        type="search"
        aria-label={`Search ${namespace.name}`}
        aria-invalid={issue !== null}
        aria-describedby={issueId}
        title={
          searched.length > 0 ? `Looks in ${searched.join(', ')}, and for ids` : 'Looks for ids'
        }
        placeholder={searched.length > 0 ? 'Search text or id' : 'Search by id'}
        spellCheck={false}
        defaultValue={text}
        onChange={({ target }) => {
          clearTimeout(pause.current)
          pause.current = setTimeout(() => search(target.value), pauseMs)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(event.currentTarget.value)
          if (event.key === 'Escape' && event.currentTarget.value === '') event.currentTarget.blur()
        }}
        className="h-7! pl-7 text-xs!"
      />
      <span id={issueId} className="sr-only">
        {issue}
      </span>
    </div>
  )
}
