import { z } from 'zod'
import { usersPageSize } from '@/lib/model/user'
import { appId, appRequest, writeRef } from './app'

/** Sent as a body: what is searched for may be a token, which has no place in an address. */
export const usersRequest = z.object({
  appId,
  search: z.string().max(300).default(''),
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(100).default(usersPageSize),
})

export type UsersRequest = z.infer<typeof usersRequest>

export const userRequest = z.object({ appId, id: z.uuid().toLowerCase() })

export type UserRequest = z.infer<typeof userRequest>

/** For a user who is to be changed: also as whom the dashboard acts, though it is done as admin. */
export const userWrite = userRequest.extend(writeRef)

export type UserWrite = z.infer<typeof userWrite>

const ids = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.uuid()).max(100))

/** Of several users, their ids separated by commas. */
export const someUsersRequest = z.object({ ...appRequest.shape, ids })
