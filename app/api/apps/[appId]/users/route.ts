import { defineQuestion } from '@/lib/data/define-read'
import { readUsers } from '@/lib/data/users'
import { usersRequest } from '@/lib/model/requests/user'

export const POST = defineQuestion(usersRequest, readUsers)
