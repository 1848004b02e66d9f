import type { AppKey } from '@/backend/schema/attr'
import { allTopics, type Topics } from '@/backend/schema/topics'
import type { Database, Wakeups } from '@/backend/store/database'
import { pruneTransactions, readLastId, readTransactions } from '@/backend/store/transaction-log'

/** A transaction that has been committed, and what it has written. */
export interface Change {
  readonly id: number
  readonly topics: Topics
}

/** Keeps the log small. */
const mostIds = 64

type OnChange = (topics: Topics) => void

/** Tells whoever follows an app what has been written to it, by this process or another. */
export interface Changes {
  /** Called after each commit of this process; those who follow have been told when it returns. */
  publish(app: AppKey, change: Change): void
  /**
   * Calls back for every transaction that is not in a snapshot taken after this has resolved; for
   * some that are, too. Ends by calling the answer.
   */
  subscribe(app: AppKey, onChange: OnChange): Promise<() => void>
  /**
   * Entities of one topic that are worth telling apart; a topic with more is about any. None where
   * it is known that nobody follows the app, which saves looking for their links.
   */
  mostIds(app: AppKey): number
  /** Resolves when those who follow the app have been told of all that was committed before. */
  settle(app: AppKey): Promise<void>
  /** Forgets transactions that nobody will ask for any more, of the apps written to since the last time. */
  prune(): Promise<void>
}

/** Where the store has other processes, they are told of changes, and theirs are listened for. */
export function createChanges(db: Database): Changes {
  return db.wakeups ? createSharedChanges(db, db.wakeups) : createOwnChanges(db)
}

/** The only process on a store makes every change itself. */
function createOwnChanges(db: Database): Changes {
  const listeners = new Map<AppKey, Set<OnChange>>()
  const log = createPruning(db, 0)
  return {
    publish(app, { topics }) {
      log.note(app)
      for (const onChange of listeners.get(app) ?? []) onChange(topics)
    },
    async subscribe(app, onChange) {
      const own = listeners.get(app) ?? new Set()
      listeners.set(app, own.add(onChange))
      return () => {
        own.delete(onChange)
        if (own.size === 0) listeners.delete(app)
      }
    },
    mostIds: (app) => (listeners.has(app) ? mostIds : 0),
    settle: async () => {},
    prune: log.prune,
  }
}

/** An app that somebody in this process follows. */
interface Followed {
  readonly listeners: Set<OnChange>
  /** The last transaction that was read from the log; null until the first look. */
  seen: number | null
  readAtMs: number
  /** Transactions of this process, of which the listeners know, beyond `seen`. */
  readonly own: Set<number>
  readonly isReady: Promise<void>
}

/** How long the log is looked at without a call: calls may be lost without a sign of it. */
const pollMs = 5_000
/** Transactions older than this are not kept for others. */
const keptMs = 600_000

/**
 * Every transaction has a row in the log of the store, written with it. Other processes are called
 * after commits and read what is new; a call that is lost costs time, and never a change.
 */
function createSharedChanges(db: Database, wakeups: Wakeups): Changes {
  const followed = new Map<AppKey, Followed>()
  const log = createPruning(db, keptMs)
  let stop: (() => void) | null = null
  let reading: Promise<void> | null = null
  let isReadWanted = false

  const tell = ({ listeners }: Followed, topics: Topics) => {
    for (const onChange of listeners) onChange(topics)
  }
  const refresh = (found: Followed | undefined, nowMs: number) => {
    if (!found) return
    // After so long, as on a machine that has slept, rows may be gone.
    if (nowMs - found.readAtMs > keptMs / 2) tell(found, allTopics)
    found.readAtMs = nowMs
  }
  const advance = (found: Followed | undefined, { id, topics }: Change) => {
    if (!found || id <= (found.seen ?? 0)) return
    found.seen = id
    if (!found.own.delete(id)) tell(found, topics)
  }
  const readLog = async () => {
    const startedAtMs = Date.now()
    const known = [...followed].flatMap(([app, { seen }]) => (seen === null ? [] : [{ app, seen }]))
    const rows = await readTransactions(db, known)
    for (const { app } of known) refresh(followed.get(app), startedAtMs)
    for (const row of rows) advance(followed.get(row.app), row)
  }
  /** Looks at the log once, or once more when it is being looked at. */
  const read = (): Promise<void> => {
    isReadWanted = true
    reading ??= (async () => {
      while (isReadWanted) {
        isReadWanted = false
        // The next call or poll looks again; queries report a store that is away.
        await readLog().catch((error: unknown) =>
          console.error('Could not look for changes:', error),
        )
      }
      reading = null
    })()
    return reading
  }
  const start = () => {
    const isFollowed = (app: AppKey) => followed.has(app)
    const stopListening = wakeups.listen((apps) => {
      if (apps === null || apps.some(isFollowed)) void read()
    })
    const timer = setInterval(() => void read(), pollMs).unref()
    return () => {
      clearInterval(timer)
      stopListening()
    }
  }
  const follow = (app: AppKey): Followed => {
    const created: Followed = {
      listeners: new Set(),
      seen: null,
      readAtMs: Date.now(),
      own: new Set(),
      isReady: readLastId(db, app).then((id) => {
        created.seen = id
        for (const own of created.own) if (own <= id) created.own.delete(own)
      }),
    }
    followed.set(app, created)
    stop ??= start()
    return created
  }

  return {
    publish(app, { id, topics }) {
      log.note(app)
      wakeups.send(app)
      const found = followed.get(app)
      if (!found) return
      found.own.add(id)
      tell(found, topics)
    },
    async subscribe(app, onChange) {
      const found = followed.get(app) ?? follow(app)
      found.listeners.add(onChange)
      const end = () => {
        found.listeners.delete(onChange)
        if (found.listeners.size > 0 || followed.get(app) !== found) return
        followed.delete(app)
        if (followed.size > 0) return
        stop?.()
        stop = null
      }
      try {
        await found.isReady
        return end
      } catch (error) {
        followed.delete(app)
        end()
        throw error
      }
    },
    // Nobody knows who follows it elsewhere.
    mostIds: () => mostIds,
    settle: () => read(),
    prune: log.prune,
  }
}

function createPruning(db: Database, olderThanMs: number) {
  const written = new Set<AppKey>()
  return {
    note: (app: AppKey) => {
      written.add(app)
    },
    prune: async () => {
      const apps = [...written]
      written.clear()
      if (apps.length > 0) await pruneTransactions(db, apps, olderThanMs)
    },
  }
}
