/** The key under which our own embedded backend says more than Instant does. */
export const extraKey = 'understudy'
