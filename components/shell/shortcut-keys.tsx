'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { useApp } from './acting'
import { isTyping } from './is-typing'
import { keyGroups } from './keys'
import { ModKey } from './mod-key'
import { identityOpening, keysOpening, paletteOpening } from './opening'
import { sections } from './sections'

/** How long after `g` the letter of a section still counts. */
const sequenceMs = 1200

const openers: Readonly<Record<string, () => void>> = {
  '?': keysOpening.open,
  a: identityOpening.open,
}

/** Listens for the keys that work everywhere, and holds the list of all keys. */
export function ShortcutKeys() {
  const app = useApp()
  const [isOpen, setOpen] = useState(false)
  const router = useRouter()
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY)

  useEffect(() => keysOpening.onOpen(() => setOpen(true)), [])

  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (!isPaletteKey(event)) return
      event.preventDefault()
      event.stopPropagation()
      paletteOpening.open()
    }
    // Before the page: also where one types, and in Monaco, for which it begins a chord.
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [])

  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (!isPlain(event) || isTyping(event.target)) return
      const open = openers[event.key]
      if (open) {
        // Or the letter would be typed into what has opened.
        event.preventDefault()
        open()
      }
      const section = sections.find(({ key }) => key === event.key)
      if (section && event.timeStamp - goPressedAt.current < sequenceMs) {
        router.push(section.href(app))
      }
      goPressedAt.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [app, router])

  return (
    <Dialog open={isOpen} onOpenChange={setOpen} title="Keys">
      <div className="space-y-4">
        {keyGroups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 font-medium text-muted text-xs">{group.title}</h3>
            <dl className="divide-y divide-line">
              {group.keys.map(({ keys, does }) => (
                <div key={does} className="flex items-center justify-between gap-4 py-1">
                  <dt>{does}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key === 'Mod' ? <ModKey /> : key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function isPaletteKey({ key, metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && metaKey !== ctrlKey && !altKey && !shiftKey
}

function isPlain(event: KeyboardEvent): boolean {
  return !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.altKey
}
