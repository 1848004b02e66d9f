import { defineRead } from '@/lib/data/define-read'
import { readRecord } from '@/lib/data/records'
import { recordRequest } from '@/lib/model/requests/record'

export const GET = defineRead(recordRequest, readRecord)
