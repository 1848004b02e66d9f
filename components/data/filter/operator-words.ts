import type { FilterOperator } from '@/lib/model/filter/filter'

/** What an operator does, in words. */
export const operatorWords: Record<FilterOperator, string> = {
  '=': 'is',
  '!=': 'is not, or not set',
  '>': 'is more than',
  '>=': 'is at least',
  '<': 'is less than',
  '<=': 'is at most',
  in: 'is one of',
  ilike: 'matches, in any case',
  like: 'matches',
  'is null': 'is null or not set',
  'is not null': 'has a value',
}
