import { defineStream } from '@/lib/data/define-stream'
import { followRecords } from '@/lib/data/records'
import { recordsRequest } from '@/lib/model/requests/record'

export const GET = defineStream(recordsRequest, followRecords)
