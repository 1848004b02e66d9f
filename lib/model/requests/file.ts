import { z } from 'zod'
import { appRef } from './app'

export const fileRequest = z.object({ ...appRef, id: z.uuid() })

export type FileRequest = z.infer<typeof fileRequest>
