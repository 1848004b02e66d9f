import { editor } from 'monaco-editor/editor'

/** Name of the one theme; it is defined anew whenever the app's palette changes. */
export const themeName = 'understudy'

/**
 * Keeps Monaco in the app's colours: they are read from the CSS variables of the page, at once and
 * whenever the class of the root element changes, which is how light and dark are switched.
 */
export function followPalette(): void {
  const root = document.documentElement
  const paint = () => {
    editor.defineTheme(themeName, readTheme(root))
    editor.setTheme(themeName)
  }
  paint()
  new MutationObserver(paint).observe(root, { attributes: true, attributeFilter: ['class'] })
}

function readTheme(root: HTMLElement): editor.IStandaloneThemeData {
  const style = getComputedStyle(root)
  const toHex = createHexReader()
  const color = (name: string) => toHex(style.getPropertyValue(`--${name}`))
  const rule = (token: string, name: string, fontStyle?: string) => {
    const foreground = color(name).slice(1, 7)
    return fontStyle ? { token, foreground, fontStyle } : { token, foreground }
  }
  return {
    base: root.classList.contains('dark') ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', 'ink'),
      rule('key', 'ink'),
      rule('key.option', 'ink', 'bold'),
      rule('string', 'accent-text'),
      rule('string.escape', 'accent-text', 'bold'),
      rule('string.open', 'danger-text'),
      rule('number', 'notice-text'),
      rule('keyword', 'notice-text'),
      rule('comment', 'faint', 'italic'),
      rule('delimiter', 'muted'),
      rule('identifier', 'ink'),
      rule('invalid', 'danger-text'),
    ],
    colors: {
      'editor.background': color('surface'),
      'editor.foreground': color('ink'),
      'editorLineNumber.foreground': color('faint'),
      'editorLineNumber.activeForeground': color('ink'),
      'editor.lineHighlightBackground': color('sunken'),
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': `${color('accent').slice(0, 7)}48`,
      'editor.inactiveSelectionBackground': `${color('accent').slice(0, 7)}28`,
      'editorCursor.foreground': color('accent'),
      'editorBracketMatch.background': color('accent-soft'),
      'editorBracketMatch.border': color('accent'),
      'editorIndentGuide.background1': color('line'),
      'editorIndentGuide.activeBackground1': color('line-strong'),
      'editorError.foreground': color('danger'),
      'editorWarning.foreground': color('notice'),
      'editorWidget.background': color('raised'),
      'editorWidget.foreground': color('ink'),
      'editorWidget.border': color('line-strong'),
      'editorHoverWidget.background': color('raised'),
      'editorHoverWidget.border': color('line-strong'),
      'editorSuggestWidget.background': color('raised'),
      'editorSuggestWidget.foreground': color('ink'),
      'editorSuggestWidget.border': color('line-strong'),
      'editorSuggestWidget.selectedBackground': color('accent-soft'),
      'editorSuggestWidget.selectedForeground': color('ink'),
      'editorSuggestWidget.highlightForeground': color('accent-text'),
      'editorSuggestWidget.focusHighlightForeground': color('accent-text'),
      'editor.placeholder.foreground': color('faint'),
      'scrollbarSlider.background': `${color('line-strong').slice(0, 7)}90`,
      'scrollbarSlider.hoverBackground': color('line-strong'),
      'scrollbarSlider.activeBackground': color('faint'),
      'scrollbar.shadow': '#00000000',
      focusBorder: color('accent'),
    },
  }
}

/** Monaco wants hex; the palette is written in oklch. A canvas of one pixel knows both. */
function createHexReader(): (color: string) => string {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return (color) => {
    if (!context || color === '') return '#808080'
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = color
    context.fillRect(0, 0, 1, 1)
    const bytes = Array.from(context.getImageData(0, 0, 1, 1).data)
    return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  }
}
