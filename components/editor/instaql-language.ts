import type { languages } from 'monaco-editor/editor'

/** Name under which Monaco knows the language of an InstaQL object literal. */
export const instaql = 'instaql'

/**
 * Colours for an InstaQL object literal. Monaco's own JavaScript would read the braces as a block
 * and complain; and nothing here needs a language worker.
 */
export const instaqlTokens: languages.IMonarchLanguage = {
  defaultToken: 'invalid',
  unicode: true,
  tokenPostfix: '.instaql',
  brackets: [
    { open: '{', close: '}', token: 'delimiter.curly' },
    { open: '[', close: ']', token: 'delimiter.square' },
  ],
  escape: /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[\s\S]|$)/,
  tokenizer: {
    root: [
      { include: '@space' },
      [/\$\$?[\w$]*(?=\s*:)/, 'key.option'],
      [/(['"])\$\$?[\w$]*\1(?=\s*:)/, 'key.option'],
      [/[\p{L}_$][\p{L}\p{N}_$]*(?=\s*:)/u, 'key'],
      [/"(?:[^"\\]|\\.)*"(?=\s*:)|'(?:[^'\\]|\\.)*'(?=\s*:)/, 'key'],
      [/[+-]?(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/, 'number'],
      [/\b(?:true|false|null)\b/, 'keyword'],
      [/[\p{L}_$][\p{L}\p{N}_$]*/u, 'identifier'],
      [/"/, 'string', '@doubleQuoted'],
      [/'/, 'string', '@singleQuoted'],
      [/[{}[\]]/, '@brackets'],
      [/[:,]/, 'delimiter'],
    ],
    space: [
      [/\s+/, 'white'],
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
    ],
    comment: [
      [/[^*]+/, 'comment'],
      [/\*\//, 'comment', '@pop'],
      [/\*/, 'comment'],
    ],
    doubleQuoted: [
      [/[^\\"]+$/, 'string.open', '@pop'],
      [/[^\\"]+/, 'string'],
      [/@escape/, 'string.escape'],
      [/"/, 'string', '@pop'],
    ],
    singleQuoted: [
      [/[^\\']+$/, 'string.open', '@pop'],
      [/[^\\']+/, 'string'],
      [/@escape/, 'string.escape'],
      [/'/, 'string', '@pop'],
    ],
  },
}

export const instaqlConfiguration: languages.LanguageConfiguration = {
  wordPattern: /-?\d[\d.]*|[\w$]+/,
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets: [
    ['{', '}'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}', notIn: ['string', 'comment'] },
    { open: '[', close: ']', notIn: ['string', 'comment'] },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
  ],
}
