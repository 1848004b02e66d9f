import { defineRead } from '@/lib/data/define-read'
import { readSchema } from '@/lib/data/schema'
import { appRequest } from '@/lib/model/requests/app'

export const GET = defineRead(appRequest, readSchema)
