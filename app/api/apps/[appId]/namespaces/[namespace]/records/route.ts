import { defineRead } from '@/lib/data/define-read'
import { readRecords } from '@/lib/data/records'
import { recordsRequest } from '@/lib/model/requests/record'

export const GET = defineRead(recordsRequest, readRecords)
