import { defineRead } from '@/lib/data/define-read'
import { readNothing } from '@/lib/data/unknown-route'
import { unknownRequest } from '@/lib/model/requests/app'

// Or it would be a page, which the proxy is not asked about here.
export const GET = defineRead(unknownRequest, readNothing)
