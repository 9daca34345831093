"""The query that the editor begins with: about a thing, from the library, or none."""

from starlette.datastructures import QueryParams

from goldenthread.errors import BadValue
from goldenthread.faces.web.explorer import Explorer
from goldenthread.services import asking
from goldenthread.store.terms import node

_LONGEST = 2_000
_ABOUT = """# What is said of this, and what is said with it.
SELECT ?thing ?property ?value
WHERE {{
  VALUES ?about {{ {0} }}
  {{ ?about ?property ?value . BIND(?about AS ?thing) }}
  UNION
  {{ ?thing ?property ?about . BIND(?about AS ?value) }}
}}
ORDER BY ?thing ?property ?value
"""


def beginning(x: Explorer, sent: QueryParams, reading: str) -> str:
    """Return the query that an editor begins with: about a thing, from the library, or none."""
    if about := sent.get("about"):
        try:
            return _ABOUT.format(node(about))
        except ValueError as error:
            raise BadValue(f"“{about[:200]}” is no IRI. Give a whole one.") from error
    if not (name := sent.get("example")):
        return ""
    query = asking.library(x.dataset).read(name)
    made = {p.name: sent[p.name][:_LONGEST] for p in query.parameters if sent.get(p.name)}
    # Where nothing was chosen the first of its choices shows what may stand there.
    for parameter in query.needs:
        if parameter.name not in made:
            offered = asking.choices(x.dataset, parameter, reading)
            made |= {parameter.name: offered[0].value} if offered else {}
    if any(p.name not in made for p in query.needs):
        return asking.filled(query.text, {})
    return asking.filled(query.text, asking.prepare(x.dataset, name, made, reading)[2])
