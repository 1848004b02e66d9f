const names = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Whether a `Host` value, with or without a port, names this machine's loopback interface. */
export function isLoopbackHost(host: string): boolean {
  return names.has(host.replace(/:\d{1,5}$/, '').toLowerCase()) || names.has(host.toLowerCase())
}
