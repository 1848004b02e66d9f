import { defineRead } from '@/lib/data/define-read'
import { readCounts } from '@/lib/data/schema'
import { countsRequest } from '@/lib/model/requests/app'

export const GET = defineRead(countsRequest, readCounts)
