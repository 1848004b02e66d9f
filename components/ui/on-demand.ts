'use client'

import { createLater } from './later'

/**
 * What opens or appears once somebody uses the page, and no page needs to be seen. It comes with the first
 * sign of somebody (`Toaster`), or at the latest when something is to open.
 */
export const onDemand = createLater(() => import('./on-demand/index'))
