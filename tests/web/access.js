// What a page looks like to a keyboard and to large text, measured inside the page by tests.
window.access = (() => {
  const name = (e) => {
    if (!e || e === document.body) return 'nothing'
    const words = (e.getAttribute('aria-label') || e.textContent || e.name || '').replace(/\s+/g, ' ').trim()
    return `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} “${words.slice(0, 60)}”`
  }
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0

  /** What Tab must stop at, in the order of the document. */
  const stops = () => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, iframe, [contenteditable=true], [tabindex], .gt-editor'
  )].filter((e) => (e.tabIndex >= 0 || e.shadowRoot) && !e.disabled && e.type !== 'hidden' && shown(e))

  const look = (e) => {
    const inside = e.shadowRoot || e
    const all = [e, ...inside.querySelectorAll('*')].slice(0, 12)
    return all.map((one) => {
      const s = getComputedStyle(one)
      const outline = s.outlineStyle === 'none' || parseFloat(s.outlineWidth) === 0 ? 'none' : `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`
      return [outline, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.fill, s.stroke, s.strokeWidth].join('|')
    }).join('~')
  }

  let expected = []
  let before = new Map()
  let next = 0
  let faults = []

  /** Where a thing is seen: the share of points in its boxes at which it, or what is in it, is on top. */
  const uncovered = (e) => {
    let hit = 0
    let all = 0
    for (const r of e.getClientRects()) {
      for (const fx of [0.1, 0.5, 0.9]) {
        for (const fy of [0.25, 0.75]) {
          all++
          const x = r.left + r.width * fx
          const y = r.top + r.height * fy
          const top = document.elementFromPoint(x, y)
          if (top && (e.contains(top) || (top.shadowRoot && e === top))) hit++
        }
      }
    }
    return all ? hit / all : 0
  }

  /** Judges what has the focus: is it the next in the order, is it seen, is it uncovered? */
  const judge = () => {
    const e = document.activeElement
    if (!e || e === document.body) return
    if (e !== expected[next]) faults.push(`${name(e)} instead of ${name(expected[next])}`)
    next = expected.indexOf(e) + 1
    // The editor tells its focus a moment later: a test of its own waits for it.
    if (before.has(e) && !e.shadowRoot && look(e) === before.get(e)) faults.push(`focus cannot be seen: ${name(e)}`)
    const r = e.getBoundingClientRect()
    if (r.height > innerHeight || r.width > innerWidth) return
    if (uncovered(e) === 0) faults.push(`lies under something: ${name(e)}`)
  }

  /** Makes the first stop of the page what Tab reaches next. */
  const start = () => {
    const mark = document.createElement('span')
    mark.tabIndex = -1
    document.body.prepend(mark)
    mark.focus({ preventScroll: true })
    mark.remove()
  }

  return {
    /** Remembers how everything looks without focus; each stop is judged when Tab leaves it. */
    begin () {
      document.activeElement.blur()
      expected = stops()
      before = new Map(expected.map((e) => [e, look(e)]))
      faults = [...document.querySelectorAll('[tabindex]')].filter((e) => e.tabIndex > 0).map((e) => `out of the order: ${name(e)}`)
      document.addEventListener('keydown', ({ key }) => { if (key === 'Tab') judge() }, true)
      return expected.length
    },
    /** Begins a walk at a stop, by its number, or before the first. */
    from (number) {
      next = number
      if (number) expected[number].focus()
      else start()
    },
    /** Whether the keyboard has left the page. */
    left () { return document.activeElement === document.body },
    /** Ends the walk: everything that was wrong. */
    end () { return faults },
    /** Regions that scroll and that the keyboard cannot reach, or that have no name. */
    scrollers () {
      const out = []
      for (const e of document.querySelectorAll('body *')) {
        const s = getComputedStyle(e)
        if (!/auto|scroll/.test(s.overflowX + s.overflowY) || !shown(e)) continue
        if (e.scrollWidth <= e.clientWidth + 1 && e.scrollHeight <= e.clientHeight + 1) continue
        if (/^(TEXTAREA|SELECT|INPUT)$/.test(e.tagName)) continue
        if (e.tabIndex < 0) out.push(`scrolls without a stop: ${e.className} ${name(e)}`)
        const named = e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby'))
        if (!named || !e.getAttribute('role')) out.push(`scrolls without role and name: ${e.className} ${name(e)}`)
      }
      return out
    },
    /** What is cut off: text beyond the box of what hides its overflow, or beyond the window. */
    clipped (width = innerWidth) {
      const out = []
      if (document.documentElement.scrollWidth > width) out.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${width}`)
      for (const e of document.querySelectorAll('body *')) {
        if (!shown(e) || e.closest('.govuk-visually-hidden, .govuk-skip-link, canvas, .vis-network, .gt-again')) continue
        const s = getComputedStyle(e)
        const hides = /hidden|clip/.test(s.overflowX + s.overflowY) && e.tagName !== 'svg'
        if (hides && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && e.textContent.trim()) out.push(`cut: ${e.className} ${name(e)}`)
        // Words that leave a box of fixed height stand on what follows.
        if (!hides && s.display !== 'inline' && !e.closest('svg') && e.scrollHeight > e.clientHeight + 3 && e.tagName !== 'BUTTON' && e.clientHeight > 0 && /visible/.test(s.overflowY)) {
          const own = [...e.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim())
          if (own) out.push(`runs over by ${e.scrollHeight - e.clientHeight}: ${e.className} ${name(e)}`)
        }
        if (!e.closest('.gt-scroll, .gt-code, .gt-query__text') && !e.closest('svg') && e.getBoundingClientRect().right > width + 1) out.push(`beyond the window: ${e.className} ${name(e)}`)
        if (out.length > 5) break
      }
      return out
    },
    moving () {
      const out = document.getAnimations().filter((a) => a.effect && a.effect.getTiming().duration > 1).map((a) => `moves: ${name(a.effect && a.effect.target)}`)
      for (const e of document.querySelectorAll('*')) {
        const s = getComputedStyle(e)
        if ([...s.transitionDuration.split(','), ...s.animationDuration.split(',')].some((d) => parseFloat(d) > 0.01)) out.push(`takes time: ${name(e)}`)
        if (s.scrollBehavior === 'smooth') out.push(`scrolls smoothly: ${name(e)}`)
      }
      return out.slice(0, 5)
    },
    /** In forced colours: words and drawn shapes whose colour is that of what they stand on. */
    faint () {
      const rgb = (c) => { const m = /rgba?\(([^)]+)\)/.exec(c); if (!m) return null; const p = m[1].split(/[ ,/]+/).map(Number); return p.length > 3 && p[3] === 0 ? null : p }
      const light = (c) => { const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]) }
      const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05) }
      const behind = (e) => { for (let p = e; p; p = p.parentElement) { const c = rgb(getComputedStyle(p).backgroundColor); if (c) return c } return rgb(getComputedStyle(document.body).backgroundColor) || [255, 255, 255] }
      const out = new Set()
      for (const e of document.querySelectorAll('body *')) {
        if (!shown(e) || e.closest('defs')) continue
        const s = getComputedStyle(e)
        if (e instanceof SVGElement) {
          if (!/^(text|tspan|rect|path|circle|line|polygon|polyline|ellipse)$/.test(e.tagName)) continue
          const page = behind(e.closest('svg').parentElement)
          const isText = /^t/.test(e.tagName)
          if (isText && !e.textContent.trim()) continue
          const painted = [s.fill, isText ? 'none' : s.stroke].map(rgb).filter(Boolean)
          if (!painted.length) continue
          const best = Math.max(...painted.map((c) => contrast(c, page)))
          if (best < (isText ? 4.5 : 3)) out.add(`${e.tagName}.${e.getAttribute('class')} ${s.fill}/${s.stroke} on ${page}: ${best.toFixed(1)}`)
          continue
        }
        const own = [...e.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim())
        if (!own || e.closest('.govuk-visually-hidden')) continue
        const c = rgb(s.color)
        if (!c) { out.add(`no colour: ${e.className} ${name(e)}`); continue }
        const r = contrast(c, behind(e))
        if (r < 4.5) out.add(`words ${e.className} ${name(e)} ${s.color}: ${r.toFixed(1)}`)
      }
      return [...out].slice(0, 8)
    },
    open () { for (const d of document.querySelectorAll('details')) d.open = true },
    /** In forced colours shadows and backgrounds go: a line round each stop, or of it, must tell. */
    async unlined () {
      const line = (e) => [e, ...(e.shadowRoot || e).querySelectorAll('*')].slice(0, 12).map((one) => {
        const s = getComputedStyle(one)
        return s.outlineStyle === 'none' ? s.stroke + s.strokeWidth : s.outlineStyle + s.outlineWidth
      }).join()
      const all = stops()
      const some = all.filter((e, i) => i % Math.ceil(all.length / 15) === 0 && !e.shadowRoot)
      const out = []
      for (const e of some) {
        e.blur()
        const plain = line(e)
        e.focus()
        await new Promise(requestAnimationFrame)
        if (line(e) === plain) out.push(`no line tells the focus: ${name(e)}`)
      }
      document.activeElement.blur()
      return out
    },
    /** What the page says and where it leads, but for what only scripts can do. */
    said () {
      const main = document.querySelector('main').cloneNode(true)
      for (const e of main.querySelectorAll('[data-picture], .gt-query__keys, .gt-editor, textarea')) e.remove()
      return {
        words: main.textContent.replace(/\s+/g, ' ').trim(),
        links: [...main.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))
      }
    },
    /** Words that are in the page and not to be seen, though no disclosure, style for hearing or script hides them. */
    vanished () {
      const out = []
      const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
      while (walk.nextNode()) {
        const e = walk.currentNode.parentElement
        if (!walk.currentNode.data.trim() || shown(e)) continue
        if (e.closest('details:not([open]), .govuk-visually-hidden, [data-picture], .gt-query__keys, .gt-paper, .gt-print-only, datalist, option, textarea, script, title, desc, .gt-editor')) continue
        out.push(`cannot be seen: ${name(e)}`)
      }
      return out.slice(0, 5)
    },
    /** Tables without caption or heads. */
    bare () {
      return [...document.querySelectorAll('main table')].filter((t) => !t.caption || !t.caption.textContent.trim() || !t.querySelector('th[scope]')).map((t) => `no caption or heads: ${name(t)}`)
    }
  }
})()
