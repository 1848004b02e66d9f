import type { AppKey } from '@/backend/schema/attr'
import type { Mail } from './mail'

/** The message that brings a magic code (contract http.md 3.5). */
export function codeMail({
  app,
  title,
  to,
  code,
  lifetimeMinutes,
}: {
  readonly app: AppKey
  readonly title: string
  readonly to: string
  readonly code: string
  readonly lifetimeMinutes: number
}): Mail {
  return {
    app,
    senderName: title,
    to,
    subject: `${code} is your verification code for ${title}`,
    text: [
      `Your verification code for ${title} is:`,
      code,
      `It can be used once, within ${duration(lifetimeMinutes)}. If you did not ask for it, you can ignore this message.`,
    ].join('\n\n'),
  }
}

function duration(minutes: number): string {
  const [amount, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
