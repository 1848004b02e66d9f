import type { StepDraft } from '@/lib/model/step-draft'

export type Steps = readonly StepDraft[]

export type StepListChange =
  | { readonly kind: 'add'; readonly step: StepDraft; readonly at?: number }
  | { readonly kind: 'change'; readonly step: StepDraft }
  | { readonly kind: 'remove'; readonly key: string }
  | { readonly kind: 'move'; readonly key: string; readonly by: 1 | -1 }
  | { readonly kind: 'prepend'; readonly steps: Steps }
  | { readonly kind: 'replace'; readonly steps: Steps }

/** The list of cards after a change. What cannot be done, such as moving past an end, changes nothing. */
export function changeSteps(steps: Steps, change: StepListChange): Steps {
  switch (change.kind) {
    case 'add':
      return steps.toSpliced(change.at ?? steps.length, 0, change.step)
    case 'change':
      return steps.map((step) => (step.key === change.step.key ? change.step : step))
    case 'remove':
      return steps.filter(({ key }) => key !== change.key)
    case 'move': {
      const from = steps.findIndex(({ key }) => key === change.key)
      const step = steps[from]
      const to = from + change.by
      if (!step || to < 0 || to >= steps.length) return steps
      return steps.toSpliced(from, 1).toSpliced(to, 0, step)
    }
    case 'prepend':
      return [...change.steps, ...steps]
    case 'replace':
      return change.steps
  }
}

/** A second card like the first. What is created has a new id, since one id cannot be made twice. */
export function duplicateStep(step: StepDraft, fresh: { key: string; id: string }): StepDraft {
  const isCreated = step.action === 'create' && step.subject.by === 'id'
  return {
    ...step,
    key: fresh.key,
    subject: isCreated ? { ...step.subject, id: fresh.id } : step.subject,
  }
}
