import { z } from 'zod'
import { type Identity, parseIdentityText } from '@/lib/model/identity'
import { writeModes } from '@/lib/model/write-mode'

export const appId = z.uuid()

const identity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('admin') }),
  z.object({ kind: z.literal('guest') }),
  z.object({ kind: z.literal('user'), id: z.uuid().toLowerCase() }),
])

const writeMode = z.enum(writeModes)

/**
 * As whom a request is made: an identity, or its text where the request is an address. Without a
 * default, so a request that lost it is refused instead of being made as admin.
 */
export const actingAs = z.union([
  identity,
  z.string().transform((text, context): Identity => {
    const parsed = parseIdentityText(text)
    if (parsed) return parsed
    context.addIssue({
      code: 'custom',
      message: 'It is neither admin, guest nor the id of a user.',
    })
    return z.NEVER
  }),
])

/** What every request to an app that is made as somebody begins with. */
export const appRef = { appId, as: actingAs }

/** What every request begins with that may write: also whether it is meant to. */
export const writeRef = { ...appRef, mode: writeMode }

/** For what is the same whoever asks, such as the schema. */
export const appRequest = z.object({ appId })

export const countsRequest = z.object(appRef)

/** The path of an address that is none of data. */
export const unknownRequest = z.object({ rest: z.array(z.string()) })

export type UnknownRequest = z.infer<typeof unknownRequest>
