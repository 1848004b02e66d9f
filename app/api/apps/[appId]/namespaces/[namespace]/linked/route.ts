import { defineRead } from '@/lib/data/define-read'
import { readLinked } from '@/lib/data/linked'
import { linkedRequest } from '@/lib/model/requests/linked'

export const GET = defineRead(linkedRequest, readLinked)
