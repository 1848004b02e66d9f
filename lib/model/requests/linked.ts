import { z } from 'zod'
import { linkedAtOnce } from '@/lib/model/linked'
import { appRef } from './app'

/** The targets of one link of some records, whose ids are separated by commas. */
export const linkedRequest = z.object({
  ...appRef,
  namespace: z.string().min(1).max(200),
  label: z.string().min(1).max(200),
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).max(linkedAtOnce)),
})

export type LinkedRequest = z.infer<typeof linkedRequest>
