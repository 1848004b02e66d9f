import { defineRead } from '@/lib/data/define-read'
import { readSchema } from '@/lib/data/schema'
import { appRequest } from '@/lib/model/record'

export const GET = defineRead(appRequest, readSchema)
