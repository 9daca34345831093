// The interactive view of the graph: places, dashes and words come from the server as data.

import { Network } from 'vis-network/esnext'
import { DataSet } from 'vis-data/esnext'

const place = document.querySelector('[data-graph]')
if (place) {
  const data = { nodes: new DataSet(), edges: new DataSet() }
  place.network = new Network(place, data, { physics: false })
}
