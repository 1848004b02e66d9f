import { z } from 'zod'

// Its faster path probes `new Function`, which the content security policy of pages reports. Whatever
// parses in a page takes zod from here; the pages that parse nothing are spared all of it.
z.config({ jitless: true })

export { z }
