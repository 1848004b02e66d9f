import { defineRead } from '@/lib/data/define-read'
import { readCounts } from '@/lib/data/schema'
import { countsRequest } from '@/lib/model/record'

export const GET = defineRead(countsRequest, readCounts)
