/** Something wrong with a rule document, as `hint.errors` has it (contract semantics.md 6.8). */
export interface RuleIssue {
  readonly message: string
  /** Where in the document. */
  readonly in: readonly string[]
}

/** Said of an expression that is neither text nor boolean, and of what should hold some. */
export const unexpectedShape = 'There was an unexpected error evaluating the rules'
