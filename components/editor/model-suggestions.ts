import { type editor, languages, Range } from 'monaco-editor/editor'
import type { Suggest, Suggestion } from './editor-props'

// Monaco asks per language, but what may be written depends on whose editor it is.
const sources = new WeakMap<editor.ITextModel, Suggest>()

/** Says what may be written in this one text. */
export function setSuggest(model: editor.ITextModel, suggest: Suggest | undefined): void {
  if (suggest) sources.set(model, suggest)
  else sources.delete(model)
}

const kinds: Record<Suggestion['kind'], languages.CompletionItemKind> = {
  namespace: languages.CompletionItemKind.Struct,
  link: languages.CompletionItemKind.Reference,
  attribute: languages.CompletionItemKind.Field,
  option: languages.CompletionItemKind.Keyword,
  value: languages.CompletionItemKind.Value,
}

/** Lets every text of the language ask its own source. */
export function suggestInModels(language: string): void {
  languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['{', ',', ' ', '$', '.', "'", '"', ':'],
    provideCompletionItems(model, position) {
      const suggest = sources.get(model)
      const found = suggest?.(model.getValue(), model.getOffsetAt(position)) ?? []
      return { suggestions: found.map((suggestion, index) => toItem(model, suggestion, index)) }
    },
  })
}

function toItem(
  model: editor.ITextModel,
  { label, kind, detail, snippet, start, end }: Suggestion,
  index: number,
): languages.CompletionItem {
  return {
    label: { label, description: detail },
    kind: kinds[kind],
    insertText: snippet,
    insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
    // Inside quotes the replaced stretch begins with the quote, which the label does not have.
    filterText:
      model
        .getValue()
        .slice(start, start + 1)
        .match(/['"]/)
        ?.concat(label)
        .join('') ?? label,
    sortText: String(index).padStart(4, '0'),
    range: Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
  }
}
