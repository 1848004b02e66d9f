import { refuseRead } from '@/lib/data/define-read'

// Or it would be a page, which the proxy is not asked about here.
export const GET = refuseRead
