// Draws the picture of the graph page. What stands where, and the dash of each line, is in the
// page as data; each thing of the list beside it carries the addresses that a click leads to.

import { Network } from 'vis-network/esnext'
import { DataSet } from 'vis-data/esnext'

// Smaller than this, words cannot be read; then part of the picture is shown, the focus in it.
const SMALLEST = 0.75
const LARGEST = 1.1
// How far from the edge of what is shown the focus stays, in the picture's own units.
const EDGE = 120

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
  const network = new Network(place, { nodes, edges: new DataSet(edges) }, options(colours()))
  // The list does by keyboard what the picture does by pointer: it is no stop of its own.
  place.querySelector('.vis-network').tabIndex = -1
  const used = new Set(given.filter(({ group }) => group !== 'heading').map(({ x }) => x))
  const shown = given.filter(({ x }) => used.has(x)).map(({ id }) => id)
  const all = () => network.fit({ nodes: shown, animation: false, maxZoomLevel: LARGEST })
  const fit = () => {
    all()
    const focus = given.find(({ group }) => group === 'focus')
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
