import type { Config } from 'tailwindcss'

/**
 * Names for the tokens of app/globals.css. A component says what a colour means (`text-muted`,
 * `border-line`), never which colour it is, so light and dark are each designed in one place.
 */
const config: Config = {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    extend: {
      colors: {
        canvas: 'var(--canvas)',
        surface: 'var(--surface)',
        raised: 'var(--raised)',
        sunken: 'var(--sunken)',
        hover: 'var(--hover)',
        line: { DEFAULT: 'var(--line)', strong: 'var(--line-strong)' },
        ink: 'var(--ink)',
        muted: 'var(--muted)',
        faint: 'var(--faint)',
        accent: {
          DEFAULT: 'var(--accent)',
          ink: 'var(--accent-ink)',
          soft: 'var(--accent-soft)',
          text: 'var(--accent-text)',
        },
        danger: {
          DEFAULT: 'var(--danger)',
          ink: 'var(--danger-ink)',
          soft: 'var(--danger-soft)',
          text: 'var(--danger-text)',
        },
        notice: {
          DEFAULT: 'var(--notice)',
          ink: 'var(--notice-ink)',
          soft: 'var(--notice-soft)',
          text: 'var(--notice-text)',
        },
        // Nothing is written.
        dry: {
          DEFAULT: 'var(--dry)',
          ink: 'var(--dry-ink)',
          soft: 'var(--dry-soft)',
          text: 'var(--dry-text)',
        },
        identity: {
          admin: 'var(--identity-admin)',
          user: 'var(--identity-user)',
          'user-soft': 'var(--identity-user-soft)',
          guest: 'var(--identity-guest)',
          'guest-soft': 'var(--identity-guest-soft)',
        },
      },
      fontSize: {
        '2xs': ['11px', '16px'],
        xs: ['12px', '16px'],
        sm: ['13px', '20px'],
        base: ['14px', '20px'],
        lg: ['16px', '24px'],
        xl: ['20px', '28px'],
      },
      boxShadow: {
        raised: 'var(--shadow-raised)',
        panel: 'var(--shadow-panel)',
      },
    },
  },
}

export default config
