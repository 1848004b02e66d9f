/**
 * Loaded before a child's own code. If the parent is killed without a chance to stop its
 * children, the channel to it closes, and the child ends as if it had been asked to.
 */
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
