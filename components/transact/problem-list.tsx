import type { StepPart, StepProblem } from '@/lib/model/check-step'

/** The problems of one part of a step. */
export function problemsAt(
  problems: readonly StepProblem[],
  part: StepPart,
): readonly StepProblem[] {
  const key = JSON.stringify(part)
  return problems.filter((problem) => JSON.stringify(problem.part) === key)
}

/** What is wrong, beside what it is about. The element is there without problems too, to be named. */
export function ProblemList({ id, problems }: { id: string; problems: readonly StepProblem[] }) {
  return (
    <div id={id} className="min-w-0 empty:hidden">
      {problems.map(({ message }) => (
        <p key={message} className="text-danger-text text-xs leading-4 [overflow-wrap:anywhere]">
          {message}
        </p>
      ))}
    </div>
  )
}
