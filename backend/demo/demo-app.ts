import { recordId } from './random'

/** The demo app has the same id everywhere, so that a store is known to have it. */
export const demoAppId = recordId('apps', 0)
export const demoTitle = 'Fernwood Helpdesk (demo)'
