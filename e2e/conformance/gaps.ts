/**
 * What the backend does not do yet, case by case. Each is run and expected to fail, so closing one
 * breaks the build until it is struck off here.
 */
export const sharedGaps: ReadonlySet<string> = new Set([
  // Nobody but the admin may write yet.
  'permissions / cascade delete: each root has its own ruleParams',
  'permissions / refs in default perms 1',
  'permissions / bind in default perms 3',
  'permissions / link rules: fwd-only (id)',
  'permissions / link rules: rev-only (id)',
  'permissions / link rules: fwd-rev (id)',
  'permissions / unlink rules: fallback (lookup)',
  'permissions / unlink rules: rev-only (id)',
  'permissions / unlink rules: fwd-rev (lookup)',
  'permissions / link/unlink $default: fwd-rev',
  'permissions / link rules: a side that does not exist is not judged',
  'permissions / unlink rules are not judged when an entity is deleted',
  'permissions / modifiedFields in update (one field)',
  'permissions / modifiedFields in update (two fields)',
  'permissions / $users: reserved columns and rows are off limits',
  'permissions / $users: linking to a user needs view of that user',
  // Files are not stored yet.
  'permissions / $files rows through transact: when rules allow',
  'permissions / $files rows: what may be changed',
])
