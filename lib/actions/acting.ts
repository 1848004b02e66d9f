'use server'

import { z } from 'zod'
import * as acting from '@/lib/data/acting'
import { defineAction } from '@/lib/data/define-action'
import { writeRef } from '@/lib/model/requests/app'

export const stopActing = defineAction(z.object(writeRef), acting.stopActing)
