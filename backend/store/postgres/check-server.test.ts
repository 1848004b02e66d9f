import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkServer, findUnfitness } from './check-server'

let silent: Server
beforeAll(async () => {
  // Accepts and hangs up, as something that is no Postgres may do.
  silent = createServer((connection) => connection.destroy())
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
})
afterAll(() => silent.close())

test('a server that is not there is one line, with the address and no password', async () => {
  await expect(checkServer('postgres://me:s3cret@127.0.0.1:1/app')).rejects.toThrow(
    /^Postgres at 127\.0\.0\.1:1\/app cannot be reached \(ECONNREFUSED\)\. Check that it runs and that DATABASE_URL is right\.$/,
  )
})

test('neither is something that is no Postgres', async () => {
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : null

  await expect(checkServer(`postgres://me:s3cret@127.0.0.1:${port}/app`)).rejects.toThrow(
    /^Postgres at 127\.0\.0\.1:\d+\/app cannot be reached \([^)]*\)\. Check/,
  )
})

test.each(['mysql://me:s3cret@host/app', 'host=here password=s3cret', 'postgres://me:s3cret@:x:y'])(
  'what is no address of a Postgres is said without repeating it: %s',
  async (address) => {
    const outcome = checkServer(address)

    await expect(outcome).rejects.toThrow('DATABASE_URL is no address of the form')
    await expect(outcome).rejects.not.toThrow('s3cret')
  },
)

test.each([
  ['14.9', 'UTF8', 'is version 14.9; Understudy needs 15 or newer.'],
  ['9.6.24', 'UTF8', 'is version 9.6.24; Understudy needs 15 or newer.'],
  [
    '16.1',
    'SQL_ASCII',
    'has a database with the encoding SQL_ASCII; Understudy needs one with UTF8.',
  ],
  ['15.18 (Debian 15.18-0+deb12u1)', 'UTF8', null],
  ['19devel', 'UTF8', null],
])('version %s with %s: %s', (version, encoding, reason) => {
  expect(findUnfitness({ version, encoding })).toBe(reason)
})
