'use server'

import { defineAction } from '@/lib/data/define-action'
import * as records from '@/lib/data/records'
import { fieldChange, recordWrite } from '@/lib/model/requests/record'

export const changeField = defineAction(fieldChange, records.changeField)

export const deleteRecord = defineAction(recordWrite, records.deleteRecord)
