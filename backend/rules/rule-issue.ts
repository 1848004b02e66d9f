/** Something wrong with a rule document, as `hint.errors` has it (contract semantics.md 6.8). */
export interface RuleIssue {
  readonly message: string
  /** Where in the document. */
  readonly in: readonly string[]
  /** Where in that text, or in a bind it uses: an extra for editors, which other clients ignore. */
  readonly position?: IssuePosition
}

/** Said of an expression that is neither text nor boolean, and of what should hold some. */
export const unexpectedShape = 'There was an unexpected error evaluating the rules'

/** What is wrong with a rule, and in which of its texts. */
export interface ProgramIssue {
  readonly message: string
  /** Where the compiler points; null when it is about the whole. */
  readonly position: IssuePosition | null
}

export interface IssuePosition {
  /** Name of the bind that the position is in; null for the rule itself. */
  readonly bind: string | null
  readonly offset: number
  /** Both count from 1. */
  readonly line: number
  readonly column: number
}
