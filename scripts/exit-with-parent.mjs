/**
 * Loaded before a child's own code. If the parent is killed without a chance to stop its
 * children, the channel to it closes, and the child ends as if it had been asked to.
 */
const end = () => process.kill(process.pid, 'SIGTERM')

if (process.channel) {
  process.on('disconnect', end)
  process.channel.unref()
} else if (process.connected === false) {
  // Closed already, before this line was reached. Without a channel it would be undefined.
  end()
}
