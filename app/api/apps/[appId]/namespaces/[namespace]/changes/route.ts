import { defineStream } from '@/lib/data/define-stream'
import { followRecords } from '@/lib/data/records'
import { recordsRequest } from '@/lib/model/record'

export const GET = defineStream(recordsRequest, followRecords)
