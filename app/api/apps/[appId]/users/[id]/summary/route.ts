import { defineRead } from '@/lib/data/define-read'
import { readUserSummary } from '@/lib/data/users'
import { userRequest } from '@/lib/model/requests/user'

export const GET = defineRead(userRequest, readUserSummary)
