import { defineRead } from '@/lib/data/define-read'
import { readCount } from '@/lib/data/records'
import { countRequest } from '@/lib/model/requests/record'

export const GET = defineRead(countRequest, readCount)
