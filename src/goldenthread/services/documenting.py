"""Write the reference of the queries, the rules and the terms from what they say of themselves."""

import re
from itertools import groupby

from goldenthread.domain.identifiers import local_name, natural
from goldenthread.domain.namespaces import GT, OWL, RDF, RDFS, SKOS
from goldenthread.domain.query import Query
from goldenthread.domain.rule import SEVERITIES, Rule
from goldenthread.store import queries, rules
from goldenthread.store.dataset import Dataset
from goldenthread.store.rulebook import rulebook
from goldenthread.store.terms import node, text

_MADE = "Made from the files themselves by `make reference`; do not edit."


def queries_page() -> str:
    """Return the query library as Markdown, a section a folder."""
    library = [queries.read(name) for name in queries.names()]
    library.sort(key=lambda q: (q.folder, q.name))
    ask = "Ask one with `goldenthread query NAME --param name=value`"
    parts = [f"# Queries\n\n{_MADE}\n\n{ask}; there are {len(library)}."]
    for folder, group in groupby(library, key=lambda q: q.folder):
        parts.append(f"## {folder}")
        parts += [_query(q) for q in group]
    return "\n\n".join(parts) + "\n"


def _query(query: Query) -> str:
    lines = [f"### {query.name}", "", f"**{query.question}** {query.summary}", ""]
    lines.append(f"For {query.audience}; reading: {query.reading}.")
    if query.parameters:
        lines += [
            "",
            "| parameter | type | what | required | choose from |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| `{p.name}` | {p.type} | {_cell(p.label)} | {'yes' if p.required else 'no'} "
            f"| {f'`{p.options}`' if p.options else ''} |"
            for p in query.parameters
        ]
    if query.columns:
        heads = ", ".join(f"{heading} (`{name}`)" for name, heading in query.columns.items())
        lines += ["", f"Columns: {heads}."]
    if query.chart:
        kind = {"bar": "bars", "column": "columns", "matrix": "a matrix"}[query.chart.kind]
        lines += ["", f"Drawn as {kind} of `{query.chart.value}`."]
    return "\n".join(lines)


def rules_page() -> str:
    """Return the rules as Markdown, a section a group."""
    found = sorted(rules.rules(), key=lambda r: (r.group, natural(r.id)))
    review = "[the review](../explanation/rules-reviewed.md)"
    intro = f"`goldenthread check` applies {len(found)} rules. What each found on the shipped plan"
    more = (
        "Each has a page of its own with two examples and its shape: `/rules` in the explorer, or "
        "`goldenthread rules ID`."
    )
    parts = [f"# Rules\n\n{_MADE}\n\n{intro} was read against the documents: {review}. {more}"]
    parts.append(_profiles())
    for group, members in groupby(found, key=lambda r: r.group):
        parts.append(f"## {group.capitalize()}")
        parts += [_rule(r) for r in members]
    return "\n\n".join(parts) + "\n"


def _profiles() -> str:
    """Return the profiles: whom each is for, what it leaves out, what it changes."""
    book = rulebook()
    lines = ["## Profiles", "", "`goldenthread check --profile NAME` holds a plan to one of these."]
    for profile in book.profiles.values():
        said = profile.to_json(book.rules)
        lines += ["", f"### {profile.name}: {profile.label}", "", profile.use]
        if said["left_out"]:
            lines += ["", "Leaves out: " + ", ".join(f"`{i}`" for i in said["left_out"]) + "."]
        for severity in SEVERITIES:
            changed = [f"`{i}`" for i, s in said["severities"].items() if s == severity]
            if changed:
                lines += ["", f"{severity.capitalize()}: {', '.join(changed)}."]
    return "\n".join(lines)


def _rule(rule: Rule) -> str:
    lines = [f"### {rule.label}", "", f"`{rule.id}`, {rule.severity}. {_open(rule.message)}", ""]
    lines += [f"Why it matters: {rule.why}", "", f"How to mend it: {rule.mend}"]
    if rule.source:
        lines += ["", "Source: " + (f"[{rule.source}]({rule.link})" if rule.link else rule.source)]
    if rule.whole:
        lines += ["", f"Where everything breaks it: “{_open(rule.whole)}”"]
    return "\n".join(lines)


def terms_page(dataset: Dataset) -> str:
    """Return the ontology's terms as Markdown: classes, then properties, each with its meaning."""
    parts = [f"# Terms\n\n{_MADE}\n\nNamespace `{GT}`, prefix `gt:`."]
    for title, kind in (
        ("Classes", OWL + "Class"),
        ("Links and other object properties", OWL + "ObjectProperty"),
        ("Datatype properties", OWL + "DatatypeProperty"),
    ):
        found = sorted(
            text(q.subject)
            for q in dataset.store.quads_for_pattern(
                None, node(RDF + "type"), node(kind), dataset.ontology()
            )
        )
        parts.append(f"## {title}")
        parts += [_term(dataset, iri) for iri in found]
    return "\n\n".join(parts) + "\n"


def _term(dataset: Dataset, iri: str) -> str:
    def values(prop: str) -> list[str]:
        quads = dataset.store.quads_for_pattern(node(iri), node(prop), None, dataset.ontology())
        return sorted(text(q.object) for q in quads)

    lines = [f"### gt:{local_name(iri)}", "", *values(SKOS + "definition")]
    for prop, words in (
        (RDFS + "subClassOf", "A kind of"),
        (RDFS + "subPropertyOf", "A kind of"),
        (RDFS + "domain", "From"),
        (RDFS + "range", "To"),
    ):
        if found := values(prop):
            lines += ["", f"{words} {', '.join(f'`{local_name(v)}`' for v in found)}."]
    lines += [f"\nExample: {v}" for v in values(SKOS + "example")]
    lines += [f"\nNote: {v}" for v in values(SKOS + "scopeNote")]
    return "\n".join(lines)


def _open(sentence: str) -> str:
    """Return a sentence with the places that each result fills shown as such."""
    return re.sub(r"\{\??(\w+)\}", r"_\1_", sentence)


def _cell(words: str) -> str:
    """Return words that cannot end a table's cell."""
    return re.sub(r"[|\n]", " ", words)
