import { EngineError } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'

/** A field of the body that is not there (contract http.md 1.6). */
export function fieldMissing(name: string): EngineError {
  return new EngineError('param-missing', `Missing parameter: ["body" "${name}"]`, {
    in: ['body', name],
  })
}

/** A field of the body that is not what it should be (contract http.md 1.6). */
export function fieldMalformed(name: string, input: Json): EngineError {
  return new EngineError('param-malformed', `Malformed parameter: ["body" "${name}"]`, {
    in: ['body', name],
    'original-input': input,
  })
}
