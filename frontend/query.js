// Turns the text field of /query into an editor: colours, our own terms while typing, the fault
// marked at its place. It sends nothing while somebody types; the form is sent as without it.
//
// The editor lives in a shadow tree, where CodeMirror adopts style sheets: in the document it would
// add style elements, which the Content-Security-Policy forbids.

import { autocompletion, closeBrackets, completionKeymap, startCompletion } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import { sparql } from '@codemirror/legacy-modes/mode/sparql'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const KEYWORDS = [
  'SELECT', 'DISTINCT', 'ASK', 'CONSTRUCT', 'DESCRIBE', 'WHERE', 'OPTIONAL', 'UNION', 'MINUS',
  'FILTER', 'FILTER NOT EXISTS', 'FILTER EXISTS', 'BIND', 'VALUES', 'GRAPH', 'GROUP BY', 'HAVING',
  'ORDER BY', 'LIMIT', 'OFFSET', 'COUNT', 'GROUP_CONCAT', 'CONTAINS', 'LCASE', 'REGEX', 'STR',
  'COALESCE', 'IF', 'BOUND', 'PREFIX', 'AS'
]

// As many as stand in a list that needs no scrolling, which a keyboard could not reach.
const MOST = 12

// Each at 4.5 to 1 or more on white; none says anything that the words do not.
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: '#54319f', fontWeight: 'bold' },
  { tag: tags.variableName, color: '#0b0c0c' },
  { tag: tags.atom, color: '#0f7a52' },
  { tag: tags.string, color: '#942514' },
  { tag: tags.comment, color: '#484949', fontStyle: 'italic' },
  { tag: [tags.operator, tags.bracket, tags.meta], color: '#0b0c0c' }
])

const look = EditorView.theme({
  '&': { border: '2px solid #0b0c0c', background: '#fff', color: '#0b0c0c', fontSize: '16px' },
  '&.cm-focused': { outline: '3px solid #ffdd00', boxShadow: 'inset 0 0 0 2px #0b0c0c' },
  '.cm-scroller': { minHeight: '14em', maxHeight: '34em', fontFamily: 'ui-monospace, monospace', lineHeight: '1.5' },
  '.cm-gutters': { background: '#f3f2f1', color: '#484949', borderRight: '1px solid #b1b4b6' },
  '.cm-tooltip': { maxWidth: 'min(36em, 92vw)', border: '1px solid #0b0c0c', background: '#fff', fontFamily: 'arial, sans-serif' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: 'none', overflow: 'hidden' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: '#1a65a6', color: '#fff' },
  '.cm-completionDetail': { fontStyle: 'normal', marginLeft: '.75em' },
  '.cm-completionInfo': { padding: '.5em', maxWidth: '22em' },
  '.cm-diagnostic': { padding: '.5em', borderLeft: '5px solid #ca3535' },
  '@media (forced-colors: active)': { '.cm-tooltip-autocomplete ul li[aria-selected]': { outline: '2px solid Highlight' } }
})

/** What may stand at the cursor: variables of this query, keywords, our terms by name or words. */
function offer (terms) {
  const named = terms.map((term) => ({
    label: term.name,
    detail: `${term.label} (${term.kind})`,
    info: term.meaning || undefined,
    type: { class: 'class', property: 'property', concept: 'constant' }[term.kind],
    words: `${term.name} ${term.label}`.toLowerCase()
  }))
  const keywords = KEYWORDS.map((label) => ({ label, type: 'keyword', words: label.toLowerCase() }))
  return (context) => {
    const typed = context.matchBefore(/[?$]\w*|[\w-]*:[\w/-]*|[A-Za-z][\w-]*/)
    if (!typed && !context.explicit) return null
    const text = typed ? typed.text.toLowerCase() : ''
    const from = typed ? typed.from : context.pos
    if (/^[?$]/.test(text)) {
      const known = context.state.doc.toString().match(/[?$]\w+/g) || []
      const others = new Set(known.filter((name) => name.toLowerCase() !== text))
      return { from, options: [...others].slice(0, MOST).map((label) => ({ label, type: 'variable' })) }
    }
    // What begins as typed comes first, then what has it anywhere, the shortest name first.
    const rank = (option) => option.label.toLowerCase().startsWith(text) ? 0 : 1
    const options = [...named, ...(text.includes(':') ? [] : keywords)]
      .filter((option) => option.words.includes(text))
      .sort((a, b) => rank(a) - rank(b) || a.label.length - b.label.length)
      .slice(0, MOST)
    return { from, options, filter: false }
  }
}

/** The fault that the server found, where it stands. Columns count characters, not their halves. */
function marked (state, fault) {
  const number = Number(fault.dataset.line)
  if (!number || number > state.doc.lines) return []
  const line = state.doc.line(number)
  const before = [...line.text].slice(0, Number(fault.dataset.column) - 1).join('').length
  const from = Math.min(line.from + before, line.to)
  const word = /^\S+/.exec(line.text.slice(from - line.from))
  const to = Math.min(from + (word ? word[0].length : 0), line.to)
  const start = from === to ? Math.max(line.from, from - 1) : from
  return [{ from: start, to, severity: 'error', message: fault.dataset.detail }]
}

function start (form) {
  const field = form.querySelector('textarea')
  const fault = document.getElementById('fault')
  const host = document.createElement('div')
  host.className = 'gt-editor'
  field.before(host)
  const shadow = host.attachShadow({ mode: 'open' })
  let source = offer([])
  const run = () => { form.requestSubmit(); return true }
  const view = new EditorView({
    root: shadow,
    parent: shadow,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), lintGutter(),
        StreamLanguage.define(sparql), syntaxHighlighting(colours), look,
        autocompletion({ override: [(context) => source(context)], icons: false }),
        // Tab is nobody's here: it leaves the editor, as everywhere else.
        keymap.of([
          { key: 'Mod-Enter', run }, { key: 'Ctrl-Enter', run }, { key: 'Ctrl-Space', run: startCompletion },
          ...completionKeymap, ...defaultKeymap, ...historyKeymap
        ]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': 'Query in SPARQL. Control and Enter runs it, Tab leaves the editor.',
          spellcheck: 'false',
          autocapitalize: 'off'
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString()
        })
      ]
    })
  })
  field.hidden = true
  for (const keys of form.querySelectorAll('.gt-query__keys')) keys.hidden = false
  form.querySelector('label').addEventListener('click', () => view.focus())
  form.addEventListener('submit', () => {
    const long = encodeURIComponent(field.value).length > Number(form.dataset.longest)
    const reading = form.querySelector('input[name=reading]').value
    form.method = long ? 'post' : 'get'
    form.action = long ? `/query?reading=${encodeURIComponent(reading)}` : '/query'
  })
  if (fault) {
    const found = marked(view.state, fault)
    view.dispatch(setDiagnostics(view.state, found))
    const link = fault.querySelector('a')
    if (link && found.length) {
      link.addEventListener('click', (event) => {
        event.preventDefault()
        view.dispatch({ selection: { anchor: found[0].from }, scrollIntoView: true })
        view.focus()
      })
    }
    fault.focus()
  }
  fetch(form.dataset.terms, { credentials: 'omit' })
    .then((response) => response.ok ? response.json() : { terms: [] })
    .then((found) => { source = offer(found.terms) })
    .catch(() => {}) // Without our terms the editor still edits.
}

const form = document.getElementById('ask')
if (form && 'attachShadow' in form && 'requestSubmit' in form) start(form)
