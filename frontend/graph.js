// Draws the picture of the graph page. What stands where, and the dash of each line, is in the
// page as data; each thing of the list beside it carries the addresses that a click leads to.

import { Network } from 'vis-network/esnext'
import { DataSet } from 'vis-data/esnext'

// Smaller than this, words cannot be read; then part of the picture is shown, the focus in it.
const SMALLEST = 0.75
const LARGEST = 1.1
// How far from the edge of what is shown the focus stays, in the picture's own units.
const EDGE = 120
// In a canvas narrower than this (CSS pixels) the levels stand below each other, not beside.
const NARROW = 600
// Two things beside each other, and the steps from row to row, in the picture's own units.
const HALF = 95
const ACROSS = 380
const STEP = { heading: 56, thing: 138, level: 20 }
const LETTERS = 21
const TALLEST = 1600

/** The colours of the page, which follow the system's where it forces them. */
function colours () {
  const page = getComputedStyle(document.body)
  const forced = matchMedia('(forced-colors: active)').matches
  return forced
    ? { text: 'CanvasText', paper: 'Canvas', line: 'CanvasText', strong: 'Highlight' }
    : { text: page.color, paper: '#ffffff', line: '#966b00', strong: '#0b0c0c' }
}

/** How things look by their role in the picture; a border tells as well as a fill. */
function options ({ text, paper, line, strong }) {
  const box = (background, border) => ({
    background, border, highlight: { background, border: strong }, hover: { background, border }
  })
  return {
    autoResize: true,
    physics: false,
    layout: { randomSeed: 1 },
    // Turning the wheel scrolls the page; buttons make the picture larger and smaller.
    interaction: { dragNodes: false, hover: true, zoomView: false, keyboard: false },
    nodes: {
      size: 12,
      font: { face: 'Arial, Helvetica, sans-serif', size: 16, color: text, strokeWidth: 4, strokeColor: paper },
      borderWidth: 1,
      color: box(paper, line)
    },
    edges: {
      smooth: false,
      width: 1.5,
      arrowStrikethrough: false,
      color: { color: line, highlight: strong },
      arrows: { to: { enabled: true, scaleFactor: 0.5 } }
    },
    groups: {
      useDefaultGroups: false,
      focus: { color: box(line, strong), borderWidth: 4, size: 16 },
      open: { borderWidth: 3 },
      near: {},
      heading: { font: { size: 18, color: text } }
    }
  }
}

/** A label in shorter lines; what it counts keeps a line of its own. */
function shorter (label) {
  const lines = label.split('\n')
  const last = lines.at(-1).startsWith('+ ') ? [lines.pop()] : []
  const made = []
  for (const word of lines.join(' ').split(' ')) {
    const longer = made.length ? `${made.at(-1)} ${word}` : word
    if (made.length && (word === '…' || longer.length <= LETTERS)) made[made.length - 1] = longer
    else made.push(word)
  }
  return [...made, ...last].join('\n')
}

/** The same things for a narrow canvas: level under level, two things in a row, all in sight. */
function stacked (given) {
  const columns = new Map()
  for (const one of given) columns.set(one.x, [...(columns.get(one.x) || []), one])
  const placed = []
  let y = 0
  for (const x of [...columns.keys()].sort((a, b) => a - b)) {
    const heads = columns.get(x).filter(({ group }) => group === 'heading')
    const things = columns.get(x).filter(({ group }) => group !== 'heading').sort((a, b) => a.y - b.y)
    for (const head of heads) placed.push({ ...head, x: 0, y, hidden: !things.length })
    if (!things.length) continue
    y += STEP.heading
    things.forEach((one, i) => {
      const alone = i % 2 === 0 && i === things.length - 1
      placed.push({ ...one, label: shorter(one.label), x: alone ? 0 : (i % 2 ? HALF : -HALF), y })
      if (i % 2 || alone) y += STEP.thing
    })
    y += STEP.level
  }
  return { placed, height: y }
}

/** Keeps the list and the picture saying the same: what is found is marked in both. */
function searching (network, nodes, item) {
  const form = document.querySelector('[data-search]')
  const said = form && form.querySelector('[data-found]')
  const mark = (ids) => {
    for (const { id, group } of nodes.get()) {
      if (group !== 'heading') item(id).classList.toggle('gt-near--found', ids.includes(id))
    }
    network.selectNodes(ids)
  }
  if (form) {
    form.elements.q.addEventListener('input', ({ target }) => {
      const words = target.value.trim().toLowerCase()
      const fits = (id) => item(id).querySelector('.gt-near__name').textContent.toLowerCase().includes(words)
      const shown = nodes.get().filter(({ group }) => group !== 'heading').map(({ id }) => id)
      const ids = words ? shown.filter(fits) : []
      mark(ids)
      said.textContent = words ? `${ids.length} of the ${shown.length} things shown here fit. Press Find for the whole plan.` : ''
    })
  }
  return mark
}

/** The picture as a file: what the canvas shows, on white. */
function save (canvas) {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const brush = copy.getContext('2d')
  brush.fillStyle = '#ffffff'
  brush.fillRect(0, 0, copy.width, copy.height)
  brush.drawImage(canvas, 0, 0)
  const link = document.createElement('a')
  link.href = copy.toDataURL('image/png')
  link.download = 'goldenthread-graph.png'
  link.click()
}

function draw (place, frame) {
  const { nodes: given, edges, found } = JSON.parse(place.dataset.graph)
  const items = new Map([...document.querySelectorAll('[data-node]')].map((one) => [one.dataset.node, one]))
  const item = (id) => items.get(id)
  frame.hidden = false
  const nodes = new DataSet(given)
  // How tall the stack of levels is where the canvas is narrow, else nothing.
  let stack = 0
  const network = new Network(place, { nodes, edges: new DataSet(edges) }, options(colours()))
  // The list does by keyboard what the picture does by pointer: it is no stop of its own.
  place.querySelector('.vis-network').tabIndex = -1
  const used = new Set(given.filter(({ group }) => group !== 'heading').map(({ x }) => x))
  const shown = given.filter(({ x }) => used.has(x)).map(({ id }) => id)
  const all = () => network.fit({ nodes: shown, animation: false, maxZoomLevel: LARGEST })
  // Where all of a column fits across, the canvas is as tall as the column: the page scrolls.
  const arrange = () => {
    const narrow = place.clientWidth < NARROW
    if (narrow === stack > 0) return
    const { placed, height } = narrow ? stacked(given) : { placed: given.map((one) => ({ hidden: false, ...one })), height: 0 }
    stack = height
    nodes.update(placed)
    place.style.height = narrow ? `${Math.min(TALLEST, height * Math.min(1, place.clientWidth / ACROSS))}px` : ''
    network.setSize('100%', '100%')
    network.redraw()
  }
  const ys = given.filter(({ x }) => used.has(x)).map(({ y }) => y)
  const tall = Math.min(TALLEST, (Math.max(...ys) - Math.min(...ys) + 2 * EDGE) * SMALLEST)
  const fit = () => {
    // Nothing can be placed where there is no room yet, or any more: on paper, in a closed frame.
    if (!place.clientWidth || !place.clientHeight) return
    arrange()
    place.style.minHeight = stack ? '' : `max(20em, ${tall}px)`
    // vis-network divides by the size it had before: where that was nothing, no place is a number
    // again, and each later move keeps that.
    const { view } = network.body
    if (![view.scale, view.translation.x, view.translation.y].every(Number.isFinite) || !view.scale) {
      Object.assign(view, { scale: 1, translation: { x: 0, y: 0 } })
    }
    const focus = nodes.get().find(({ group }) => group === 'focus')
    if (stack) {
      const scale = Math.min(1, place.clientWidth / ACROSS)
      const half = place.clientHeight / 2 / scale
      const y = focus ? Math.max(half, Math.min(focus.y, stack - half)) : half
      network.moveTo({ scale, animation: false, position: { x: 0, y: y - STEP.heading / 2 } })
      return
    }
    all()
    if (network.getScale() >= SMALLEST) return
    const { x, y } = network.getViewPosition()
    const near = (here, there, size) => {
      const reach = size / 2 / SMALLEST - EDGE
      return Math.min(Math.max(here, there - reach), there + reach)
    }
    const middle = focus || given.find(({ group }) => group !== 'heading')
    network.moveTo({
      scale: SMALLEST,
      animation: false,
      position: { x: near(x, middle.x, place.clientWidth), y: near(y, middle.y, place.clientHeight) }
    })
  }
  fit()
  // How wide names are is known when they are drawn: then again, so that none is cut.
  network.once('afterDrawing', () => requestAnimationFrame(fit))
  network.on('resize', fit)
  network.on('click', ({ nodes: [id] }) => {
    const link = id && item(id) && item(id).querySelector('[data-focus]')
    if (link) link.click()
  })
  network.on('hoverNode', ({ node }) => {
    if (item(node)) place.style.cursor = 'pointer'
  })
  network.on('blurNode', () => { place.style.cursor = '' })
  const mark = searching(network, nodes, item)
  mark(found.filter((id) => nodes.get(id)))
  frame.addEventListener('click', ({ target }) => {
    const button = target.closest('button')
    if (!button) return
    if (button.dataset.zoom) network.moveTo({ scale: network.getScale() * button.dataset.zoom, animation: false })
    if ('fit' in button.dataset) all()
    if ('png' in button.dataset) save(place.querySelector('canvas'))
  })
  matchMedia('(forced-colors: active)').addEventListener('change', () => network.setOptions(options(colours())))
  // For tests: where a thing stands on the page.
  place.addEventListener('gt-where', ({ detail }) => {
    Object.assign(detail, network.canvasToDOM(network.getPosition(detail.id)))
  })
}

const place = document.querySelector('[data-graph]')
const frame = document.querySelector('[data-picture]')
if (place && frame) draw(place, frame)
