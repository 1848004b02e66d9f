import { defineRead } from '@/lib/data/define-read'
import { readCreationTimes } from '@/lib/data/users'
import { someUsersRequest } from '@/lib/model/user'

export const GET = defineRead(someUsersRequest, readCreationTimes)
