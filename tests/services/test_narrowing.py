"""Narrowing a trace: against every thread of made-up plans written out, and against the tables."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from goldenthread.domain.readings import READINGS
from goldenthread.domain.selection import FACETS, Only
from goldenthread.domain.stretches import Ground, kept, threads
from goldenthread.domain.tally import tally
from goldenthread.domain.thread import BASES, Evidence, Link, Node, Trace
from goldenthread.errors import BadValue
from goldenthread.services.exporting import things
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset
from goldenthread.store.lookup import resolve

THEMES = ("Place", "People", "Power")


def made(seed: int) -> Ground:
    """Return what a focus reaches in a made-up plan without a circle."""
    dice = random.Random(seed)  # noqa: S311 - the same each time
    nodes = {}
    for i in range(dice.randint(2, 12)):
        level = min(i, 1 + i // 3)
        themes = tuple(sorted(dice.sample(THEMES, dice.randint(0, 2)))) if level in (1, 2) else ()
        nodes[f"n{i:02}"] = Node(f"n{i:02}", "x", f"C{level}", f"l{level}", "", level, None, themes)
    names = sorted(nodes)
    steps: dict[str, list[str]] = {n: [] for n in names}
    links = {}
    for j, low in enumerate(names[1:], 1):
        for high in dice.sample(names[:j], min(j, dice.choice((1, 1, 2, 3)))):
            steps[high].append(low)
            basis = dice.choice((*BASES, "not recorded"))
            found = (Evidence("e", basis, "x", "x", None, None),) if basis in BASES else ()
            links[high, low] = Link(low, high, "supports", found)
    dates = {n: frozenset(dice.sample(("y1", "y2"), dice.randint(1, 2))) for n in names[5:]}
    return Ground("n00", steps, links, nodes, dates, frozenset({"l1", "l2"}))


def paths(ground: Ground, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield every stretch that goes on from a path."""
    for there in ground.steps[path[-1]]:
        yield (*path, there)
        yield from paths(ground, (*path, there))


def fits(ground: Ground, path: tuple[str, ...], only: Only) -> bool:
    """Return whether the end of a stretch fits, said as the documentation says it."""
    end = ground.nodes[path[-1]]
    worst = max(ground.known(a, b) for a, b in pairwise(path))
    basis = (*BASES, "not recorded")[worst]
    own = bool(only.themes & set(end.themes))
    passed = any(only.themes & set(ground.nodes[n].themes) for n in path)
    return (
        (not only.levels or end.level in only.levels)
        and (not only.periods or bool(only.periods & ground.dates.get(end.iri, frozenset())))
        and (not only.bases or basis in only.bases)
        and (not only.themes or own or (passed and end.level not in ground.themed))
    )


def asked(seed: int) -> Only:
    """Return what a made-up reader asks for."""
    dice = random.Random(seed)  # noqa: S311 - the same each time

    def some(values: tuple[str, ...]) -> frozenset[str]:
        return frozenset(dice.sample(values, dice.choice((0, 0, 1, 2))))

    return Only(
        some(("l1", "l2", "l3")), some(THEMES), some(("y1", "y2")), some((*BASES, "not recorded"))
    )


@pytest.mark.parametrize("seed", range(150))
def test_what_is_kept_is_what_writing_out_every_thread_keeps(seed: int) -> None:
    """Guards the walk over states: things, links and threads as written out one by one."""
    ground, only = made(seed), asked(seed)
    fitting = [p for p in paths(ground, ("n00",)) if fits(ground, p, only)]
    first, ways, _ = kept(ground, only)
    pairs = {(a[0], b[0]) for a, further in ways.items() for b in further}
    assert pairs == {pair for p in fitting for pair in pairwise(p)}
    longest = {p for p in fitting if not any(q != p and q[: len(p)] == p for q in fitting)}
    found, omitted = threads(first, ways, kept(ground, only)[2], 10_000)
    assert set(found) == longest
    assert (len(found), omitted) == (len(longest), 0)
    some, rest = threads(first, ways, kept(ground, only)[2], 2)
    assert len(some) == min(2, len(longest))
    assert rest == max(0, len(longest) - 2)


@pytest.mark.parametrize("seed", range(80))
def test_a_count_is_what_its_link_would_show(seed: int) -> None:
    """Guards the numbers beside each filter: as many things fit once it is followed."""
    ground, only = made(seed), asked(seed + 1)
    names = {"class": "levels", "theme": "themes", "period": "periods", "basis": "bases"}
    counts = tally(ground, only)
    assert set(counts) == set(FACETS) == set(names)
    for facet, field in names.items():
        for value, count in counts[facet].items():
            followed = replace(only, **{field: frozenset({value})})
            ends = {p[-1] for p in paths(ground, ("n00",)) if fits(ground, p, followed)}
            assert len(ends) == count, (facet, value)


def narrowed(dataset: Dataset, focus: str, direction: str = "down", **only: str) -> Trace:
    """Return a trace narrowed to one value a facet; `cls` stands for `class`."""
    asked_for = {k.replace("cls", "class"): [v] for k, v in only.items()}
    return trace(dataset, resolve(dataset, focus), direction, only=asked_for)


def test_what_leads_to_actions_of_a_year(shipped: Dataset) -> None:
    """Guards priority 4: six of eight actions are of Year 1; the ways to them stay, and only they.

    Counted by hand in Appendix 3: of 1.3, 2.5 and 3.1, `Year 1` pairs with these.
    """
    found = narrowed(shipped, "corporate-priority/4", period="Year 1", cls="action")
    whole = trace(shipped, found.focus.iri)
    actions = [n for n in found.nodes if n.cls == "Action"]
    assert actions
    assert all(any("Year 1" in s.words for s in n.schedule) for n in actions)
    missed = [n for n in whole.nodes if n.cls == "Action" and n not in actions]
    assert not any("Year 1" in s.words for n in missed for s in n.schedule)
    assert {n.cls for n in found.nodes} == {"CorporatePriority", "ServicePriority", "Action"}
    assert found.narrowed
    assert found.narrowed.passing == {n.iri for n in found.nodes if n.cls == "ServicePriority"}
    assert len(found.nodes) + len(found.narrowed.left_out) == len(whole.nodes)


def test_an_action_counts_under_the_theme_of_what_it_stands_under(shipped: Dataset) -> None:
    """Guards themes: what bears none itself fits by the way to it, and no other way is shown."""
    found = narrowed(shipped, "corporate-priority/4", theme="Place", cls="action")
    aims = [n for n in found.nodes if n.cls == "ServicePriority"]
    assert [n.notation for n in aims] == ["2.5"], "Appendix 3 prints 2.1 to 2.5 under Place"
    assert all("Place" in n.themes for n in aims)
    assert [n for n in found.nodes if n.cls == "Action"]


@pytest.mark.parametrize("reading", READINGS)
def test_a_basis_is_that_of_the_least_certain_step(shipped: Dataset, reading: str) -> None:
    """Guards how we know: each thread shown has that basis as its weakest, even cut short."""
    focus = resolve(shipped, "corporate-priority/2", reading)
    whole = trace(shipped, focus, "down", reading)
    seen = {t.links[t.weakest].basis for t in whole.threads}
    assert len(seen) > 1
    for basis in seen:
        found = trace(shipped, focus, "down", reading, only={"basis": [basis]})
        assert found.threads
        assert {t.links[t.weakest].basis for t in found.threads} == {basis}


def test_what_is_left_out_takes_nothing_back(shipped: Dataset) -> None:
    """Guards truth: a filter that hides a direct link does not make one document fall silent."""
    for number in range(1, 10):
        focus = resolve(shipped, f"corporate-priority/{number}")
        whole = trace(shipped, focus)
        ends = {t.nodes[-1]: t.ends for t in whole.threads}
        for basis in BASES:
            found = trace(shipped, focus, only={"basis": [basis]})
            for thread in found.threads:
                assert thread.ends == ends.get(thread.nodes[-1], thread.ends)
            shown = {n.iri for n in found.nodes}
            assert found.ties == {i: li for i, li in whole.ties.items() if i in shown}


def test_without_a_filter_nothing_is_left_out(shipped: Dataset) -> None:
    """Guards that offering filters changes no answer."""
    for focus in ("corporate-priority/4", "corporate-priority/6", "service-priority/3.1"):
        plain = trace(shipped, resolve(shipped, focus))
        offered = trace(shipped, plain.focus.iri, only={})
        assert replace(offered, narrowed=None) == plain
        assert offered.narrowed
        assert not offered.narrowed.left_out
        assert not offered.narrowed.query


def test_words_for_a_value(shipped: Dataset) -> None:
    """Guards how people say values: a key, a name, a plural, a class, an IRI; spelling aside."""
    focus = resolve(shipped, "corporate-priority/4")
    expected = trace(shipped, focus, only={"class": ["service-priority"]}).nodes
    assert len(expected) == 4
    for words in ("L&H priority", "l&h  priorities", "ServicePriority"):
        assert trace(shipped, focus, only={"class": [words]}).nodes == expected
    year = trace(shipped, focus, only={"period": ["year-1"]}).nodes
    assert year == trace(shipped, focus, only={"period": ["YEAR 1"]}).nodes
    with pytest.raises(BadValue, match="There are: people"):
        trace(shipped, focus, only={"theme": ["Plaice"]})
    with pytest.raises(BadValue, match="not by “colour”"):
        trace(shipped, focus, only={"colour": ["red"]})


def test_a_plan_of_other_levels_is_narrowed_in_its_own_words(four_levels: Dataset) -> None:
    """Guards generality: levels, themes and periods are those of the plan at hand."""
    focus = next(n.iri for n in things(four_levels) if n.order == 1)
    found = trace(four_levels, focus, only={})
    assert found.narrowed
    titles = {f.name: [c.label for c in f.choices] for f in found.narrowed.facets}
    assert set(titles["class"]) <= {"outcomes", "tasks", "signals"}
    assert titles["class"]
    tasks = trace(four_levels, focus, only={"class": ["task"]})
    assert {n.level for n in tasks.nodes} <= {"ambition", "outcome", "task"}
    assert "task" in {n.level for n in tasks.nodes}


def test_millions_of_threads_are_counted_without_being_walked() -> None:
    """Guards a plan in which all is linked with all: the first are told, the others counted."""
    wide, deep = 30, 4
    rows = [["n"], *([f"{d}.{i}" for i in range(wide)] for d in range(deep))]
    nodes = {n: Node(n, "x", "C", f"l{d}", "", d, None) for d, row in enumerate(rows) for n in row}
    steps = {n: rows[d + 1] if d < deep else [] for d, row in enumerate(rows) for n in row}
    links = {(a, b): Link(b, a, "supports") for a, further in steps.items() for b in further}
    ground = Ground("n", steps, links, nodes, {}, frozenset())
    for only in (Only(), Only(bases=frozenset({"not recorded"}))):
        first, ways, fitting = kept(ground, only)
        found, omitted = threads(first, ways, fitting, 100)
        assert len(found) == 100
        assert omitted == wide**deep - 100
