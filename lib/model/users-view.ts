import { isUuid } from '@/lib/base/uuid'
import { isShareable } from './user'

/** What the Users page shows, as far as it stands in its address. */
export interface UsersView {
  /** Never a refresh token, nor the beginning of one. */
  readonly search: string
  /** From 1. */
  readonly page: number
  /** The id of the open user, or null. */
  readonly user: string | null
}

export interface ParsedUsersView {
  readonly view: UsersView
  /** What had to be left out, in words. Without the value, which may be secret. */
  readonly problems: readonly string[]
}

const defaultUsersView: UsersView = { search: '', page: 1, user: null }

/** Reads a view from an address. What is invalid falls back. */
export function parseUsersView(search: URLSearchParams): ParsedUsersView {
  const problems: string[] = []
  const read = <T>(name: string, isValid: boolean, value: T, fallback: T): T => {
    if (!isValid) problems.push(`The “${name}” of the address is not valid and was left out.`)
    return isValid ? value : fallback
  }
  const q = search.get('q') ?? ''
  const page = search.get('page') ?? '1'
  const user = search.get('user')
  return {
    view: {
      search: read('q', q.length <= 300 && isShareable(q), q, defaultUsersView.search),
      page: read('page', /^[1-9]\d{0,4}$/.test(page), Number(page), defaultUsersView.page),
      user: read('user', user === null || isUuid(user), user, defaultUsersView.user),
    },
    problems,
  }
}

/** The address of a view. What is as by default is left out. */
export function toUsersSearch({ search, page, user }: UsersView): URLSearchParams {
  return new URLSearchParams([
    ...(search !== '' && isShareable(search) ? [['q', search]] : []),
    ...(page !== 1 ? [['page', `${page}`]] : []),
    ...(user ? [['user', user.toLowerCase()]] : []),
  ])
}
