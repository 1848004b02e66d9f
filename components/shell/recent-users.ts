import { isUuid } from '@/lib/base/uuid'

const shown = 5

/** The users last acted as in an app, the latest first. Only ids are kept in the browser. */
export function recentUsers(appId: string): readonly string[] {
  return (localStorage.getItem(keyOf(appId)) ?? '').split(',').filter(isUuid).slice(0, shown)
}

export function rememberUser(appId: string, id: string): void {
  const others = recentUsers(appId).filter((each) => each !== id)
  localStorage.setItem(keyOf(appId), [id, ...others].slice(0, shown).join(','))
}

/** For an id that turned out to be nobody's. */
export function forgetUser(appId: string, id: string): void {
  const others = recentUsers(appId).filter((each) => each !== id)
  localStorage.setItem(keyOf(appId), others.join(','))
}

function keyOf(appId: string): string {
  return `understudy:acted-as:${appId}`
}
