'use server'

import { defineAction } from '@/lib/data/define-action'
import * as users from '@/lib/data/users'
import { userWrite } from '@/lib/model/requests/user'

export const signOutUser = defineAction(userWrite, users.signOutUser)

export const deleteUser = defineAction(userWrite, users.deleteUser)

export const createToken = defineAction(userWrite, users.createToken)

export const createMagicCode = defineAction(userWrite, users.createMagicCode)
