'use client'

import { Monitor, Moon, Sun, SunMoon } from 'lucide-react'
import { useTheme } from 'next-themes'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuChoices } from '@/components/ui/menu'

const choices = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden="true" /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden="true" /> },
  { value: 'system', label: 'System', icon: <Monitor aria-hidden="true" /> },
]

export function ThemeMenu() {
  const { theme = 'system', setTheme } = useTheme()
  return (
    <Menu
      side="right"
      align="end"
      trigger={
        <IconButton label="Theme" side="right" className="size-10">
          <SunMoon aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuChoices label="Theme" value={theme} onChange={setTheme} choices={choices} />
    </Menu>
  )
}
