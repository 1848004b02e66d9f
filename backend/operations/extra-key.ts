/**
 * The key, beyond the contract, under which answers say more than Instant does: official clients
 * ignore it.
 */
export const extraKey = 'understudy'
