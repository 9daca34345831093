"""What the cold trace is measured against: parse RDF files with pyoxigraph, run one query, print.

python bare.py QUERY THING FILE...
"""

import sys

import pyoxigraph as ox

store = ox.Store()
graph = ox.NamedNode("urn:data")
for name in sys.argv[3:]:
    with open(name, "rb") as file:  # noqa: PTH123 - pathlib would cost what is measured
        store.load(file, ox.RdfFormat.TURTLE, to_graph=graph)
with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 - as above
    text = file.read()
thing = {ox.Variable("thing"): ox.NamedNode(sys.argv[2])}
rows = list(store.query(text, default_graph=[graph], substitutions=thing))
for row in rows:
    print(*row, sep="\t")
print(len(rows), "rows")
