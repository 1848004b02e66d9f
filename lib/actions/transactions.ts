'use server'

import { defineAction } from '@/lib/data/define-action'
import * as transactions from '@/lib/data/transactions'
import { transactionRequest } from '@/lib/model/transaction'

export const runTransaction = defineAction(transactionRequest, transactions.runTransaction)
