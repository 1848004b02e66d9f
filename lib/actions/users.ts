'use server'

import { defineAction } from '@/lib/data/define-action'
import * as users from '@/lib/data/users'
import { userRequest } from '@/lib/model/user'

export const signOutUser = defineAction(userRequest, users.signOutUser)

export const deleteUser = defineAction(userRequest, users.deleteUser)

export const createToken = defineAction(userRequest, users.createToken)

export const createMagicCode = defineAction(userRequest, users.createMagicCode)
