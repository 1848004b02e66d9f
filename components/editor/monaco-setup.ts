import { languages } from 'monaco-editor/editor'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/caretOperations/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codeEditor/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/contextmenu/register'
import 'monaco-editor/features/cursorUndo/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/lineSelection/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/longLinesHelper/register'
import 'monaco-editor/features/multicursor/register'
import 'monaco-editor/features/placeholderText/register'
import 'monaco-editor/features/quickCommand/register'
import 'monaco-editor/features/smartSelect/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/suggest/register'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/wordHighlighter/register'
import 'monaco-editor/features/wordOperations/register'
import 'monaco-editor/features/wordPartOperations/register'
import { followPalette } from './editor-theme'
import { instaql, instaqlConfiguration, instaqlTokens } from './instaql-language'
import { suggestInModels } from './model-suggestions'

/**
 * Monaco, made ours: served from our own origin, with the features a text of some twenty lines
 * has a use for, our colours, and InstaQL. Importing this file is what costs the megabyte.
 */
globalThis.MonacoEnvironment = {
  getWorker: (_id, label) =>
    new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module', name: label }),
}

languages.register({ id: instaql })
languages.setMonarchTokensProvider(instaql, instaqlTokens)
languages.setLanguageConfiguration(instaql, instaqlConfiguration)
suggestInModels(instaql)
followPalette()
