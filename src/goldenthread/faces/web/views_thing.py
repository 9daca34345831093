"""Pages about one thing: its thread, all that is said of it, a document's text, the terms."""

from collections.abc import Sequence

from markupsafe import Markup

from goldenthread.domain.description import Explanation, JudgementCard, Step
from goldenthread.domain.namespaces import GT, SHAPE
from goldenthread.domain.outline import outline
from goldenthread.domain.thread import Node, Thread, Trace
from goldenthread.errors import NotFound
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import FORM_NAMES, MEDIA, THING_FORMS
from goldenthread.faces.web.paths import Links, web_address
from goldenthread.services import describing, judging, naming, representing, sourcing
from goldenthread.services.drawing import DASHES, draw

# A drawing of more boxes than this helps nobody read; it stays a download.
DRAWN_AT_MOST = 400
# Up to so many columns fit beside each other where text is shown.
NARROW_COLUMNS = 4
_HEADS = {"down": "what stands under it", "up": "what it serves"}


def trace_page(x: Explorer, links: Links, trace: Trace) -> bytes:
    """Return the page of a trace: sentences, the list, each thread, the drawing."""
    focus, tree = trace.focus, outline(trace)
    plurals = naming.plurals(x.dataset, links.reading)
    remarks = wording.direct(trace, tree, plurals)
    through = {n.iri: _brief(r.through) for r in remarks if r.tied for n in r.only_through}
    shown = [(b, wording.BASIS_MEANINGS.get(b, "no record says how")) for b in wording.bases(trace)]
    drawn = trace.links and len(trace.nodes) <= DRAWN_AT_MOST
    return x.render(
        "trace.html",
        links,
        title=f"{focus.name}: {_HEADS[trace.direction]}",
        crumbs=[(links.thing(focus.iri), _number(focus)), ("", "Thread " + trace.direction)],
        here={
            r: links.in_reading(r).trace(focus.iri, trace.direction)
            for r in ("printed", "corrected")
        },
        trace=trace,
        tree=tree,
        sentence=wording.found(trace, plurals),
        direct=remarks,
        only_through=through,
        sure=wording.sure(trace),
        legend=shown,
        threads=[_thread(t, trace) for t in trace.threads],
        drawing=Markup(drawing(trace, links)) if drawn else "",  # noqa: S704 - drawn and escaped by us
        wide=len({(n.order, n.level_name) for n in trace.nodes}) > NARROW_COLUMNS,
        dashes=DASHES,
        alternates=_trace_forms(links, trace),
        downloads=[(a, w) for w, _, a in _trace_forms(links, trace)],
    )


def drawing(trace: Trace, links: Links) -> str:
    """Return a trace as SVG whose boxes lead to the pages of the things."""
    return draw(
        trace, lambda n: links.thing(n.iri), lambda n: "; ".join(s.words for s in n.schedule)
    )


def _trace_forms(links: Links, trace: Trace) -> list[tuple[str, str, str]]:
    names = {
        "csv": "CSV, for spreadsheets",
        "json": "JSON, for programs",
        "svg": "SVG, the drawing",
    }
    return [
        (words, MEDIA[form], links.trace(trace.focus.iri, trace.direction, f".{form}"))
        for form, words in names.items()
    ]


def _thread(thread: Thread, trace: Trace) -> dict[str, object]:
    basis, _, _, quote = wording.weakest(thread, trace)
    nodes = [trace.node(i) for i in thread.nodes]
    return {
        "end": nodes[-1],
        "through": nodes[1:-1],
        "basis": basis,
        "quote": quote,
        "whole": thread.ends == "printed",
    }


def _number(node: Node) -> str:
    return f"{node.level_name} {node.notation}" if node.notation else node.label


def _brief(nodes: Sequence[Node]) -> str:
    return wording.listing(wording.numbered(n) for n in nodes)


def thing(x: Explorer, links: Links, iri: str) -> bytes:
    """Return the page about one node of any kind.

    Raises:
        NotFound: nothing is said of the IRI in this reading.
    """
    d = describing.describe(x.dataset, iri, links.reading)
    node = d.node
    printed: dict[str, list[object]] = {}
    for entry in node.entries:
        printed.setdefault(entry.document, []).append(entry)
    facts: dict[str, list[tuple[str, str]]] = {}
    for fact in d.facts:
        facts.setdefault(fact.label, []).append((fact.text, address(x, links, fact.iri)))
    # What has a place in a document is print; only what has none, and a level, is a thing.
    place = next((f.text for f in d.facts if f.label == "place"), "")
    is_thing = bool(node.level) and not place
    return x.render(
        "thing.html",
        links,
        title=node.name,
        crumbs=[("", place or _number(node))],
        here={
            r: links.in_reading(r).thing(iri)
            for r in ("printed", "corrected")
            if representing.exists(x.dataset, iri, r)
        },
        d=d,
        node=node,
        is_thing=is_thing,
        place=place,
        prints=facts.get("entry of", []),
        printed=list(printed.items()),
        clash=_clash(x, links, node),
        up=_by_level(d.up),
        down=_by_level(d.down),
        why=None if is_thing else _why(x, links, iri),
        cards=_cards(x, links, node),
        facts=list(facts.items()),
        alternates=[(w, MEDIA[f], a) for f, w, a in _thing_forms(links, iri)],
        downloads=[(a, w) for _, w, a in _thing_forms(links, iri)],
    )


def _why(x: Explorer, links: Links, iri: str) -> Explanation | None:
    """Return why something is said of what is no thing; None where no words or steps tell."""
    found = describing.why(x.dataset, iri, links.reading)
    return found if found.entries or found.parts else None


def _cards(x: Explorer, links: Links, node: Node) -> list[JudgementCard]:
    """Return the card of what is itself a judgement or repair."""
    if node.cls not in ("Judgement", "Repair"):
        return []
    found = judging.judgements(x.dataset, links.reading) + judging.repairs(x.dataset)
    return [c for c in found if c.iri == node.iri]


def address(x: Explorer, links: Links, iri: str | None) -> str:
    """Return where a value leads: a page here, a page of the web, or nowhere."""
    if not iri:
        return ""
    if iri.startswith((GT, SHAPE)):
        return links.thing(iri)
    if representing.exists(x.dataset, iri, links.reading):
        return links.thing(iri)
    # Under our own base, what nothing is said of has no page; elsewhere it may have one.
    return "" if links.thing(iri).startswith("/doc/") else web_address(iri)


def _thing_forms(links: Links, iri: str) -> list[tuple[str, str, str]]:
    return [(f, FORM_NAMES[f], links.thing(iri, "." + f)) for f in THING_FORMS if f != "html"]


def _by_level(steps: Sequence[Step]) -> list[tuple[str, list[Step]]]:
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(step.node.level_name, []).append(step)
    return list(found.items())


def _clash(x: Explorer, links: Links, node: Node) -> dict[str, str]:
    """Return what else bears a number that a document prints for this thing."""
    if not node.other_numbers:
        return {}
    same = describing.list_class(x.dataset, node.level or node.cls, links.reading)
    names = {n.notation: n.name for n in same if n.iri != node.iri}
    return {number: names[number] for number, _ in node.other_numbers if number in names}


def source(x: Explorer, links: Links, name: str) -> bytes:
    """Return a document's text as received, with what was read from each character.

    Raises:
        NotFound: no document has that name.
    """
    if name not in x.documents:
        raise NotFound(
            f"There is no document “{name}”.", [(f"document/{n}", t) for n, t in x.named]
        )
    found = sourcing.source(x.dataset, x.documents[name][0], links.reading)
    return x.render(
        "source.html",
        links,
        title=found.title,
        crumbs=[("", found.short_title)],
        here={r: links.in_reading(r).source(found.iri) for r in ("printed", "corrected")},
        s=found,
        bullets=any("\uf0b7" in g.text for g in found.segments),
    )
