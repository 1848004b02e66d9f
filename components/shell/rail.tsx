'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '@/components/ui/cn'
import { Tooltip } from '@/components/ui/tooltip'
import { useApp } from './acting'
import { Mark } from './mark'
import { isIn, type Section, sections } from './sections'
import { ThemeMenu } from './theme-menu'

/** The sections of an app. */
export function Rail() {
  return (
    <div className="flex shrink-0 items-center border-line border-t bg-sunken px-2 sm:w-13 sm:flex-col sm:border-t-0 sm:border-r sm:px-0 sm:py-2">
      <Mark className="mb-3 hidden size-8 sm:block" />
      <nav
        aria-label="Sections"
        className="flex flex-1 justify-around sm:flex-none sm:flex-col sm:gap-1"
      >
        {sections.map((section) => (
          <RailLink key={section.key} section={section} />
        ))}
      </nav>
      <div className="sm:mt-auto">
        <ThemeMenu />
      </div>
    </div>
  )
}

function RailLink({ section }: { section: Section }) {
  const app = useApp()
  const path = usePathname()
  const isCurrent = isIn(section, app, path)
  const Icon = section.icon
  return (
    <Tooltip content={`${section.name}  (g ${section.key})`} side="right">
      <Link
        href={section.href(app)}
        aria-current={isCurrent ? 'page' : undefined}
        className={cn(
          'flex h-12 min-w-16 flex-col items-center justify-center gap-0.5 rounded-lg font-medium text-[10px] leading-3 transition-colors sm:h-11 sm:w-11 sm:min-w-0',
          isCurrent
            ? 'bg-accent-soft text-accent-text'
            : 'text-muted hover:bg-hover hover:text-ink',
        )}
      >
        <Icon aria-hidden="true" className="size-[18px]" strokeWidth={1.75} />
        {section.name}
      </Link>
    </Tooltip>
  )
}
