'use client'

import { PreviewCard } from '@base-ui/react/preview-card'
import type { RecordRef } from '@/lib/model/record'

/** To this every link hands its target: one card serves them all. */
export const linkPeek = PreviewCard.createHandle<RecordRef>()
