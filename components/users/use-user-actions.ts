'use client'

import { hashKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useApp } from '@/components/shell/acting'
import { toast } from '@/components/ui/toaster'
import { createMagicCode, createToken, deleteUser, signOutUser } from '@/lib/actions/users'
import { recordKeys } from '@/lib/queries/records'
import { unwrap } from '@/lib/queries/request-error'
import { schemaKeys } from '@/lib/queries/schema'
import { userKeys } from '@/lib/queries/users'

export function useSignOut(id: string) {
  const ref = useUserRef(id)
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => unwrap(await signOutUser(ref)),
    // Returned, so it stays busy until the number of sessions in view is the new one.
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: userKeys.user(ref) })
      toast('Signed out everywhere', { isDone: true })
    },
  })
}

export function useDeleteUser(id: string) {
  const ref = useUserRef(id)
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => unwrap(await deleteUser(ref)),
    onSuccess: () => {
      toast('User deleted', { isDone: true })
      const gone = hashKey(userKeys.user(ref))
      // Not awaited: the panel closes now and the list follows. Who is gone is not asked for again.
      void queryClient.invalidateQueries({
        queryKey: userKeys.app(ref.appId),
        predicate: ({ queryHash }) => queryHash !== gone,
      })
      void queryClient.invalidateQueries({ queryKey: recordKeys.app(ref.appId) })
      void queryClient.invalidateQueries({ queryKey: schemaKeys.allCounts(ref.appId) })
    },
  })
}

/** The token is kept no longer than what shows it. */
export function useCreateToken(id: string) {
  const ref = useUserRef(id)
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => unwrap(await createToken(ref)),
    gcTime: 0,
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: userKeys.user(ref) }),
  })
}

export function useCreateMagicCode(id: string) {
  const ref = useUserRef(id)
  return useMutation({
    mutationFn: async () => ({ ...unwrap(await createMagicCode(ref)), madeAt: Date.now() }),
    gcTime: 0,
  })
}

function useUserRef(id: string) {
  return { ...useApp(), id }
}
