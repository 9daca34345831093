"""The data set: what is loaded, what is derived, and that both are the same every time."""

import hashlib
import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from goldenthread.domain.namespaces import GT
from goldenthread.domain.readings import READINGS
from goldenthread.errors import BadQuery, NotFound, Unreadable
from goldenthread.store import resources
from goldenthread.store.canonical import digest_of_graphs
from goldenthread.store.dataset import Dataset, reading_graph

PREFIX = f"PREFIX gt: <{GT}> "


def triples(dataset: Dataset, reading: str) -> list[str]:
    """Return a reading as sorted N-Triples lines."""
    graph = dataset.reading(reading)
    return sorted(str(q.triple) for q in dataset.store.quads_for_pattern(None, None, None, graph))


def count(dataset: Dataset, pattern: str, reading: str = "corrected") -> int:
    """Return how many solutions a pattern has."""
    rows = dataset.rows(PREFIX + f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", reading)
    return int(rows[0]["n"].value)


@pytest.mark.parametrize("reading", READINGS)
def test_derivation_is_deterministic(shipped: Dataset, reading: str) -> None:
    """Guards that two derivations of the same files are the same, triple for triple."""
    again = Dataset.open()
    assert triples(again, reading) == triples(shipped, reading)


def test_order_in_the_files_does_not_matter(shipped: Dataset, tmp_path: Path) -> None:
    """Guards ids: files with their triples shuffled give the same reading."""
    source = resources.plans()[0]
    folder = tmp_path / source.name
    folder.mkdir()
    for file in source.glob("*.ttl"):
        lines = [str(q.triple) + " ." for q in ox.parse(path=file)]
        random.Random(7).shuffle(lines)  # noqa: S311 - repeatable, not secret
        (folder / f"{file.stem}.nt").write_text("\n".join(lines), encoding="utf-8")
    assert triples(Dataset.open([folder]), "corrected") == triples(shipped, "corrected")


def test_no_blank_nodes(shipped: Dataset) -> None:
    """Guards that everything in data and derived graphs can be pointed at."""
    for reading in READINGS:
        shipped.reading(reading)
    blank = [
        q
        for q in shipped.store.quads_for_pattern(None, None, None, None)
        if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)
    ]
    assert len(shipped.store) > 10_000
    assert not blank


def test_size_of_a_plan_with_all_its_evidence(shipped: Dataset) -> None:
    """Guards the budget: what is written down, and a reading with everything derived."""
    written = sum(1 for path in shipped.files for _ in ox.parse(path=path))
    graph = shipped.reading()
    read = sum(1 for _ in shipped.store.quads_for_pattern(None, None, None, graph))
    assert 6_000 < written < 8_000
    assert written < read < 14_500


@pytest.mark.parametrize("reading", READINGS)
def test_a_link_holds_exactly_while_an_alignment_carries_it(shipped: Dataset, reading: str) -> None:
    """Guards both ways: no link without an alignment, no standing alignment without a link."""
    links = "VALUES ?p { gt:supports gt:measures gt:inTheme gt:schedules gt:refersTo gt:overlaps }"
    carried = (
        "?al a gt:Alignment ; gt:from ?a ; gt:property ?p ; gt:to ?b "
        "FILTER NOT EXISTS { ?al gt:withdrawnBy ?j }"
    )
    assert count(shipped, f"{links} ?a ?p ?b", reading) > 200
    assert not count(shipped, f"{links} ?a ?p ?b FILTER NOT EXISTS {{ {carried} }}", reading)
    assert not count(shipped, f"{carried} FILTER NOT EXISTS {{ ?a ?p ?b }}", reading)


def test_readings_differ_only_by_corrections_and_assumptions(shipped: Dataset) -> None:
    """Guards that nothing but a judgement in force changes what is read."""
    printed, corrected = (set(triples(shipped, r)) for r in READINGS[::-1])
    gone = [t for t in printed - corrected if "alignment/" not in t]
    # What the corrected reading takes away are three links, and the rows of three entries.
    assert sorted("ontology/supports" in t for t in gone) == [False] * 3 + [True] * 3
    assert all("ontology/supports" in t or "ontology/listedInRow" in t for t in gone)
    assert count(shipped, "?al gt:withdrawnBy ?j", "corrected") == 3
    assert count(shipped, "?al gt:withdrawnBy ?j", "printed") == 0


def test_every_entry_prints_something(shipped: Dataset) -> None:
    """Guards identity: each entry that stands on a level is the entry of exactly one thing."""
    on_level = "?e a gt:Entry ; gt:atLevel ?l"
    assert count(shipped, on_level) == 9 + 14 + 19 + 53 + 13 + 34 + 59
    assert not count(shipped, on_level + " FILTER NOT EXISTS { ?e gt:entryOf ?t }")
    assert not count(shipped, on_level + " . ?e gt:entryOf ?t, ?u FILTER(?t != ?u)")


def test_a_file_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    """Guards the message for a broken Turtle file: file, line and column."""
    (tmp_path / "broken.ttl").write_text('<urn:a> <urn:b> "one" .\n<urn:c> <urn:d> oops .\n')
    with pytest.raises(Unreadable) as caught:
        Dataset.open([tmp_path])
    assert caught.value.line == 2
    assert caught.value.column
    assert "broken.ttl:2:" in str(caught.value)


def test_a_plan_that_is_not_there_says_so(tmp_path: Path) -> None:
    """Guards the messages for a missing folder and for one without RDF."""
    with pytest.raises(NotFound, match="no plan at"):
        Dataset.open([tmp_path / "nowhere"])
    with pytest.raises(NotFound, match="holds no RDF file"):
        Dataset.open([tmp_path])


def test_unknown_reading_and_broken_query(shipped: Dataset) -> None:
    """Guards that bad questions are refused with a reason, not a traceback."""
    with pytest.raises(NotFound, match="no reading"):
        shipped.reading("guessed")
    with pytest.raises(BadQuery):
        shipped.query("SELECT ?x { ?x ")


def test_the_hash_is_that_of_the_canonical_statements(shipped: Dataset, tmp_path: Path) -> None:
    """Guards the data set's hash: anybody can compute it, and neither order nor format counts."""
    written = list(Dataset.open(shipped.folders).store)
    assert written
    lines = {(ox.serialize([q], format=ox.RdfFormat.N_QUADS) or b"").decode() for q in written}
    assert shipped.sha256 == hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
    folder = tmp_path / shipped.folders[0].name
    folder.mkdir()
    for path in shipped.files:
        quads = sorted(ox.parse(path=path), key=str, reverse=True)
        triples = [q.triple for q in quads]
        ox.serialize(triples, folder / f"{path.stem}.nt", format=ox.RdfFormat.N_TRIPLES)
    other = Dataset.open([folder])
    other.reading()
    assert other.sha256 == shipped.sha256
    assert other.stamp != shipped.stamp


def test_blank_nodes_have_no_names_of_their_own() -> None:
    """Guards the canonical form: what a blank node is called changes nothing (RDFC-1.0)."""
    graph, p = ox.NamedNode("https://example.org/g"), ox.NamedNode("https://example.org/p")
    found = set()
    for a, b in (("x", "y"), ("y", "x"), ("k1", "k0")):
        store = ox.Store()
        chain = [(graph, p, ox.BlankNode(a)), (ox.BlankNode(a), p, ox.BlankNode(b))]
        store.extend([ox.Quad(*t, graph) for t in chain])
        found.add(digest_of_graphs(store, [graph]))
    assert len(found) == 1


def test_one_letter_changes_the_hash(tmp_path: Path) -> None:
    """Guards integrity: a changed statement changes the hash, a changed text the validators."""
    source = resources.plans()[0]
    folder = tmp_path / source.name
    (folder / "sources").mkdir(parents=True)
    for file in (*source.glob("*.ttl"), *source.glob("sources/*")):
        (folder / file.relative_to(source)).write_bytes(file.read_bytes())
    first = Dataset.open([folder])
    assert (first.sha256, first.stamp) == (Dataset.open().sha256, Dataset.open().stamp)
    text = next(folder.glob("sources/*"))
    text.write_bytes(text.read_bytes().replace(b"a", b"b", 1))
    assert Dataset.open([folder]).sha256 == first.sha256
    assert Dataset.open([folder]).stamp != first.stamp
    plan = folder / "plan.ttl"
    plan.write_bytes(plan.read_bytes() + b"<urn:a> <urn:b> <urn:c> .\n")
    assert Dataset.open([folder]).sha256 != first.sha256


def test_readings_are_named_as_documented() -> None:
    """Guards the names of the derived graphs, which queries and exports show."""
    assert [reading_graph(r).value.rsplit("/", 1)[-1] for r in READINGS] == ["corrected", "printed"]


def test_a_device_is_no_plan() -> None:
    """Guards the message for a path that is neither a folder nor a file of RDF."""
    with pytest.raises(NotFound, match="holds no RDF file"):
        Dataset.open(["/dev/null"])
