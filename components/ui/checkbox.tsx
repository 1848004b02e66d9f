import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check } from 'lucide-react'

interface CheckboxProps {
  /** Accessible name, shown on hover. */
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** A small box that is on or off, with room around it to be hit. */
export function Checkbox({ label, checked, onChange }: CheckboxProps) {
  return (
    <Base.Root
      aria-label={label}
      title={label}
      checked={checked}
      onCheckedChange={onChange}
      className="group/box inline-flex size-6 shrink-0 items-center justify-center rounded"
    >
      <span
        aria-hidden="true"
        className="flex size-3.5 items-center justify-center rounded-[3px] border border-line-strong group-data-[checked]/box:border-accent group-data-[checked]/box:bg-accent group-data-[checked]/box:text-accent-ink"
      >
        <Base.Indicator>
          <Check className="size-2.5" strokeWidth={3} />
        </Base.Indicator>
      </span>
    </Base.Root>
  )
}
