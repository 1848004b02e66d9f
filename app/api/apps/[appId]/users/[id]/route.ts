import { defineRead } from '@/lib/data/define-read'
import { readUser } from '@/lib/data/users'
import { userRequest } from '@/lib/model/user'

export const GET = defineRead(userRequest, readUser)
