"""Turn answers into tables: one row a recorded link, a thing, an entry, a gap, a cell, a result."""

from collections import Counter
from collections.abc import Iterable, Mapping

from goldenthread.domain.columns import (
    ENTRIES,
    EVIDENCE,
    GAPS,
    JUDGEMENTS,
    LINKS,
    RESULTS,
    THINGS,
    THREADS,
)
from goldenthread.domain.description import Description, Explanation, JudgementCard
from goldenthread.domain.gap import GapReport
from goldenthread.domain.identifiers import one_line
from goldenthread.domain.matrix import Matrix
from goldenthread.domain.table import Column, Table, Value
from goldenthread.domain.thread import Entry, Link, Node, Trace
from goldenthread.domain.validation import Report, Result


def source(entries: Iterable[Entry | None]) -> str:
    """Return places and words on one line: `Table 2, row 4: “...”; ...`."""
    return "; ".join(f"{e.place}: “{one_line(e.quote)}”" for e in entries if e is not None)


def link_table(links: Iterable[Link], nodes: Mapping[str, Node], title: str = "Links") -> Table:
    """Return one row for each record of a link: a link that two rows carry has two."""
    rows: list[tuple[Value, ...]] = []
    for link in links:
        low, high = nodes[link.source], nodes[link.target]
        ends: tuple[Value, ...] = (low.id, low.level_name, low.notation, low.label, link.predicate)
        ends += (high.id, high.level_name, high.notation, high.label)
        for e in link.evidence:
            judged = "; ".join(label for _, label in e.judgements)
            words = source((e.from_entry, e.to_entry))
            known = (e.basis, e.asserted_by, e.stated_in, words, judged)
            rows.append((*ends, *known, low.iri, high.iri, e.iri))
        if not link.evidence:
            rows.append((*ends, link.basis, None, None, None, None, low.iri, high.iri, None))
    return Table(title, LINKS, tuple(rows), "One row a record of a link, pointing up.")


def step_table(d: Description) -> Table:
    """Return one row for each record of a link from or to a node.

    What a period dates is at the end of its timescale: the row names it, not the timescale.
    """
    nodes = {s.node.iri: s.node for s in (*d.up, *d.down)} | {d.node.iri: d.node}
    ends = {s.link.source: s.node for s in d.down}
    return link_table([s.link for s in (*d.up, *d.down)], ends | nodes)


def thing_table(nodes: Iterable[Node], title: str = "Things") -> Table:
    """Return one row a thing."""
    rows = tuple(
        (
            n.id,
            n.level_name,
            n.notation,
            n.label,
            "; ".join(n.themes),
            "; ".join(f"{s.words} ({s.basis}, {s.document})" for s in n.schedule),
            "; ".join(f"{number} in {document}" for number, document in n.other_numbers),
            source(n.entries),
            n.iri,
        )
        for n in nodes
    )
    return Table(title, THINGS, rows, "One row a thing of the plan, however often it is printed.")


def entry_table(nodes: Iterable[Node], title: str = "Entries") -> Table:
    """Return one row for each time that a thing is printed."""
    rows = tuple(
        (
            n.id,
            e.document,
            e.place,
            e.number,
            e.quote,
            "; ".join(f"{a}-{b}" for a, b in e.spans),
            e.iri,
        )
        for n in nodes
        for e in n.entries
    )
    return Table(title, ENTRIES, rows, "One row for each time a document prints a thing.")


def trace_tables(trace: Trace) -> list[Table]:
    """Return the links, things and threads of a trace."""
    nodes = {n.iri: n for n in trace.nodes}
    rows: list[tuple[Value, ...]] = []
    for thread in trace.threads:
        step = thread.links[thread.weakest]
        best = step.best
        words = source((best.from_entry, best.to_entry)) if best else ""
        ids = " > ".join(nodes[i].id for i in thread.nodes)
        known = (len(thread.links), thread.weakest + 1, step.basis, words, thread.ends)
        rows.append((ids, *known))
    return [
        link_table(trace.links, nodes),
        thing_table(trace.nodes),
        Table("Threads", THREADS, tuple(rows), "One row a thread from the focus to its end."),
    ]


def gap_table(report: GapReport) -> Table:
    """Return one row for each thing and expectation without a recorded link."""
    rows = tuple(
        (
            g.level_name,
            g.focus.id,
            g.focus.notation,
            g.focus.label,
            g.missing_name,
            g.direction,
            g.expected,
            g.found,
            g.other_reading,
            "; ".join(f"{source((e,))} refers to {n.name}" for n, e in g.references),
            g.focus.iri,
        )
        for g in report.gaps
    )
    return Table("Gaps", GAPS, rows, "One row where no link is recorded that a level expects.")


def matrix_table(matrix: Matrix) -> Table:
    """Return one row a row of the matrix, with totals; empty cells are 0.

    The key of a column is the short id of what it is about, or its IRI where plans share the id.
    """
    ids = Counter(c.id for c in matrix.columns)
    counts = f"How many {matrix.counted} are linked to both."
    heads = (
        Column("id", "Id", "Short id of what the row is about."),
        Column("row", matrix.row_name, "Its level, number and words."),
        *(
            Column(c.id if ids[c.id] == 1 else c.iri, c.name, counts, "integer")
            for c in matrix.columns
        ),
        Column("total", "Total", f"How many different {matrix.counted} the row has.", "integer"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            r.id,
            r.name,
            *(len(matrix.cell(r.iri, c.iri)) for c in matrix.columns),
            matrix.row_total(r.iri),
        )
        for r in matrix.rows
    ]
    note = f"{matrix.counted} by {matrix.row_name} and {matrix.column_name}; 0: no link recorded."
    return Table("Coverage", heads, tuple(rows), note)


def judgement_table(cards: Iterable[JudgementCard]) -> Table:
    """Return one row a judgement."""
    rows = tuple(
        (
            c.id,
            c.label,
            c.kind,
            c.status,
            "yes" if c.in_force else "no",
            c.reason,
            " ".join(c.effects),
            c.confidence,
            c.role,
            c.date,
            source(c.cites),
        )
        for c in cards
    )
    note = "One row a correction, assumption, match or finding."
    return Table("Judgements", JUDGEMENTS, rows, note)


def explanation_table(explanation: Explanation) -> Table:
    """Return one row a step of the chain of evidence, in reading order."""
    rows: list[tuple[Value, ...]] = []

    def add(step: Explanation, depth: int) -> None:
        rows.append((depth, step.sentence, source(step.entries), step.subject))
        for part in step.parts:
            add(part, depth + 1)

    add(explanation, 0)
    return Table("Evidence", EVIDENCE, tuple(rows), "One row a step back to the words and rules.")


def result_table(report: Report) -> Table:
    """Return one row a check result of a report."""
    return results_table(report.results)


def results_table(results: Iterable[Result]) -> Table:
    """Return one row a check result; a result about a whole plan has one for each of its rows."""
    rows: list[tuple[Value, ...]] = []
    for r in results:
        words = "; ".join(f"{q.place}: “{one_line(q.quote)}”" for q in r.quotes)
        standing = r.standing or None
        for focus in r.rows or (r.focus,):
            about = (focus.id, focus.name, r.message, r.rule.why, r.rule.mend, words, r.status)
            rows.append((r.severity, r.rule.group, r.rule.id, *about, r.id, focus.iri, standing))
    return Table("Check results", RESULTS, tuple(rows), "One row a thing that a result is about.")
