/**
 * Imported first by every command, so that an old Node gets one line instead of a syntax error.
 * Keep this file in syntax that any Node with ES modules can read.
 */
const wanted = [20, 19]
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    `Understudy needs Node ${wanted.join('.')} or newer; this is ${process.versions.node}. Get one from https://nodejs.org and try again.`,
  )
  process.exit(1)
}
