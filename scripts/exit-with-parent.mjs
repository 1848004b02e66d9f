/**
 * Loaded before a child's own code. If the parent is killed without a chance to stop its
 * children, the channel to it closes, and the child ends as if it had been asked to. Listening
 * keeps a child alive that has nothing else to do, so what is launched has to end itself.
 */
const end = () => process.kill(process.pid, 'SIGTERM')

if (process.channel) process.on('disconnect', end)
// Closed already, before this line was reached. Where there is no channel it is undefined.
else if (process.connected === false) end()
