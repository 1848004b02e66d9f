import { defineRead } from '@/lib/data/define-read'
import { readUser } from '@/lib/data/users'
import { userRequest } from '@/lib/model/requests/user'

export const GET = defineRead(userRequest, readUser)
