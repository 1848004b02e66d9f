import { defineQuestion } from '@/lib/data/define-read'
import { runQuery } from '@/lib/data/run-query'
import { runQueryRequest } from '@/lib/model/query-run'

export const POST = defineQuestion(runQueryRequest, runQuery)
