import { defineRead } from '@/lib/data/define-read'
import { readCreationTimes } from '@/lib/data/users'
import { someUsersRequest } from '@/lib/model/requests/user'

export const GET = defineRead(someUsersRequest, readCreationTimes)
