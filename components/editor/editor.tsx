'use client'

import dynamic from 'next/dynamic'
import { EditorSkeleton } from './editor-skeleton'
import { PlainPane } from './plain-pane'

/**
 * The one code editor. It fills its parent, whose height is the parent's to give: the same while
 * it loads, when it is there, and when it could not be loaded and a plain field stands in.
 *
 * Tab indents. Ctrl+M (on a Mac, Ctrl+Shift+M) turns that off and on, so Tab can leave the editor.
 */
export const Editor = dynamic(
  () =>
    import('./monaco-pane').then(
      ({ MonacoPane }) => MonacoPane,
      () => PlainPane,
    ),
  { ssr: false, loading: EditorSkeleton },
)
