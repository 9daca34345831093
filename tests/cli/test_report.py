"""Guards the assurance pack: same bytes, same words in each format, real headings and heads."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from goldenthread.domain.outline import shape
from goldenthread.domain.pack.parts import Figure, Grid, Numbers, Pack
from goldenthread.domain.pack.threads import FURTHER, pages
from goldenthread.errors import NotFound
from goldenthread.faces.assurance import assured, part_of
from goldenthread.services import assuring, covering, exporting, judging
from goldenthread.services.gaps import gaps
from goldenthread.services.overview import overview
from goldenthread.services.tracing import trace
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset

Run = Callable[..., subprocess.CompletedProcess[bytes]]
GIT = shutil.which("git") or "git"
DAY = date(2026, 4, 1)
FORMS = ("html", "docx", "xlsx", "pdf")
HOSTILE = '"><img src=x onerror=alert(1)> #read("/etc/passwd") $x$ *b* =1+1'
PLAN = "https://w3id.org/goldenthread/id/brackwater-harbour"


class Page(HTMLParser):
    """What a page is made of, as far as the tests ask."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep tags, and begin headings."""
        self.tags.append((tag, {k: v or "" for k, v in attrs}))
        if re.fullmatch(r"h[1-6]", tag):
            self._in = tag
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        """End a heading."""
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data: str) -> None:
        """Keep the words of headings."""
        if self._in:
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)

    def having(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every tag of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


class Tables(HTMLParser):
    """The tables of a page: a row a list, with what each cell is: a head of its column or row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep tables, rows and cells."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append(
                {"col": "Column", "row": "Row"}.get(dict(attrs).get("scope") or "", "")
            )


def elements(of: Any, *, deep: bool = True) -> Iterator[Any]:
    """Yield the elements under one of a PDF's structure tree, in order."""
    kids = of.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, dict) and "/S" in element:
            yield element
            if deep:
                yield from elements(element)


def said(cell: Any) -> tuple[str, list[bytes]]:
    """Return of what a cell is the head, nothing for one of data, and which heads it names."""
    about = {k: v for a in cell["/A"] for k, v in a.get_object().items() if a["/O"] == "/Table"}
    scope = str(about.get("/Scope", "")).removeprefix("/")
    assert (cell["/S"] == "/TH") is bool(scope)
    return scope, [name.original_bytes for name in about.get("/Headers", [])]


def leaves(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the names and values of a PDF's name tree, in order (ISO 32000-1, 7.9.6)."""
    for kid in tree.get("/Kids", []):
        yield from leaves(kid.get_object())
    names = tree.get("/Names", [])
    yield from zip(names[::2], names[1::2], strict=True)


def structure(reader: PdfReader) -> list[Any]:
    """Return all elements of a PDF's structure tree, in order."""
    return list(elements(reader.trailer["/Root"]["/StructTreeRoot"]))


@pytest.fixture(scope="module")
def pack(four_levels: Dataset) -> Pack:
    """Return the pack of the made-up plan."""
    return assured(four_levels, stated=DAY)


@pytest.fixture(scope="module")
def shipped_pack(shipped: Dataset) -> Pack:
    """Return the pack of the plan that ships."""
    return assured(shipped, stated=DAY)


@pytest.fixture(scope="module")
def made(run: Run, four_levels_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the pack of the made-up plan in each format, as the command makes it."""
    folder = tmp_path_factory.mktemp("pack")
    for form in FORMS:
        arguments = ("report", "--data", four_levels_folder, "--date", DAY.isoformat())
        done = run(*arguments, "--output", folder / f"pack.{form}", env={"PYTHONHASHSEED": "1"})
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), form
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_every_time(
    run: Run, made: Path, four_levels_folder: Path, tmp_path: Path, form: str
) -> None:
    """Guards determinism: another process, hash seed, clock, zone and locale change no byte."""
    again = tmp_path / f"again.{form}"
    env = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    arguments = ("report", "--data", four_levels_folder, "--date", DAY.isoformat())
    assert run(*arguments, "--output", again, env=env).returncode == 0
    assert again.read_bytes() == (made / f"pack.{form}").read_bytes()


def test_only_the_stated_date_differs(four_levels: Dataset, pack: Pack) -> None:
    """Guards that a date is stated once, and that nothing else depends on it."""
    later = assuring.to_html(assured(four_levels, stated=date(2026, 4, 2)))
    assert later.replace(b"2 April 2026", b"1 April 2026") == assuring.to_html(pack)
    none = assured(four_levels)
    assert b"April" not in assuring.to_html(none)
    assert "Date" not in dict(none.facts)


def test_headings_are_real_and_the_same_in_each_format(made: Path, pack: Pack) -> None:
    """Guards headings: elements in HTML, styles in DOCX and XLSX, tags in PDF, all of them."""
    expected = [(depth, section.title) for depth, section in pack.walk()]
    assert len(expected) > 30
    page = Page((made / "pack.html").read_text(encoding="utf-8"))
    assert page.headings[0][0] == 1
    assert [(n - 1, t) for n, t in page.headings[2:]] == expected
    word = Document(str(made / "pack.docx"))
    styles = [(p.style.name, p.text) for p in word.paragraphs if p.style is not None]
    found = [(int(s[-1]), t) for s, t in styles if re.fullmatch(r"Heading \d", s or "")]
    assert found == expected
    sheet = load_workbook(made / "pack.xlsx")["Pack"]
    rows = [(c.style, c.value) for (c,) in sheet.iter_rows(max_col=1) if c.value]
    named = [(int(s[-1]), t) for s, t in rows if re.fullmatch(r"Heading \d", s)]
    assert [(d, t) for d, t in named if t != pack.plan] == expected
    pdf = structure(PdfReader(made / "pack.pdf"))
    titles = [(int(e["/S"][2:]), e["/T"]) for e in pdf if re.fullmatch(r"/H\d", e["/S"])]
    assert [t for t in titles if t[1] != "Contents"] == expected


def test_tables_have_heads(made: Path, pack: Pack) -> None:
    """Guards table headers: th with scope, header rows, tables of a workbook, TH in PDF."""
    grids = [p for p in pack.parts() if isinstance(p, Grid)]
    assert len(grids) > 20
    page = Page((made / "pack.html").read_text(encoding="utf-8"))
    scopes = [a["scope"] for a in page.having("th")]
    assert scopes.count("col") == sum(len(g.heads) for g in grids)
    assert scopes.count("row") == sum(len(g.rows) for g in grids)
    assert len(page.having("caption")) == len(page.having("table")) == len(grids)
    word = Document(str(made / "pack.docx"))
    assert len(word.tables) == len(grids)
    for grid, table in zip(grids, word.tables, strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [c.text for c in table.rows[0].cells] == [h.title for h in grid.heads]
        assert len(table.rows) == len(grid.rows) + 1
    book = load_workbook(made / "pack.xlsx")
    sheets = [s for s in book.worksheets if s.title not in ("Pack", "Drawings")]
    assert sum(s.max_row - 1 for s in sheets) == sum(len(g.rows) for g in grids)
    for sheet in sheets:
        (table,) = sheet.tables.values()
        assert table.headerRowCount == 1
        assert [c.name for c in table.tableColumns] == [c.value for c in sheet[1]]
    pdf = structure(PdfReader(made / "pack.pdf"))
    assert len([e for e in pdf if e["/S"] == "/THead"]) == len(grids)
    columns, rows = (
        sum(len(x) for x in of) for of in ([g.heads for g in grids], [g.rows for g in grids])
    )
    heads = [said(e)[0] for e in pdf if e["/S"] == "/TH"]
    assert Counter(heads) == {"Column": columns, "Row": rows}


def test_the_pdf_has_the_tables_of_the_page(made: Path) -> None:
    """Guards tables as a reader hears them: which cells are heads, of what, and named by which."""
    pages = Tables((made / "pack.html").read_text(encoding="utf-8")).tables
    reader = PdfReader(made / "pack.pdf", strict=True)
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    named = list(leaves(root["/IDTree"]))
    ids = [name.original_bytes for name, _ in named]
    assert ids == sorted(set(ids))
    assert [e.get_object()["/ID"].original_bytes for _, e in named] == ids
    tables = [e for e in elements(root) if e.get("/S") == "/Table"]
    assert len(tables) == len(pages) > 20
    for page, table in zip(pages, tables, strict=True):
        rows = [[*elements(e, deep=False)] for e in elements(table) if e.get("/S") == "/TR"]
        assert [[said(cell)[0] for cell in row] for row in rows] == page
        first = {c["/ID"].original_bytes for c in rows[0]}
        for row in rows[1:]:
            head = row[0]["/ID"].original_bytes
            for cell in row[1:]:
                column, of = said(cell)[1]
                assert column in first
                assert of == head


def test_drawings_have_alternative_texts(made: Path, pack: Pack) -> None:
    """Guards alternative texts: each drawing says in words what it shows, in every format."""
    figures = [p for p in pack.parts() if isinstance(p, Figure)]
    texts = [f.alternative for f in figures]
    assert len(texts) > 2
    assert all("link" in t and "table" in t for t in texts)
    page = Page((made / "pack.html").read_text(encoding="utf-8"))
    assert [a["alt"] for a in page.having("img")] == texts
    with zipfile.ZipFile(made / "pack.docx") as archive:
        body = archive.read("word/document.xml").decode()
    assert [t for t in texts if f'descr="{t}"' in body] == texts
    with zipfile.ZipFile(made / "pack.xlsx") as archive:
        drawn = archive.read("xl/drawings/drawing1.xml").decode()
    assert re.findall(r'descr="([^"]*)"', drawn) == texts
    pdf = structure(PdfReader(made / "pack.pdf"))
    assert [e["/Alt"] for e in pdf if e["/S"] == "/Figure"] == texts


def test_the_pdf_is_one_for_everybody(made: Path, pack: Pack) -> None:
    """Guards PDF/UA-1: tagged, with language and title, and the standard named."""
    reader = PdfReader(made / "pack.pdf")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert pack.name in str(reader.metadata.title)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert "/JavaScript" not in root.get("/Names", {})
    assert "/OpenAction" not in root


def test_the_summary_is_one_page(made: Path) -> None:
    """Guards what a director reads: the answers on one page, before everything else."""
    reader = PdfReader(made / "pack.pdf", strict=True)
    pages = {
        str(mark.title): reader.get_destination_page_number(mark)
        for mark in reader.outline
        if not isinstance(mark, list)
    }
    assert pages["2 Scope"] == pages["1 Summary"] + 1
    words = reader.pages[pages["1 Summary"] or 0].extract_text()
    for asked in ("What is missing or wrong", "How we know", "What has changed"):
        assert asked in words


def test_rows_of_the_workbook_show_all_their_words(made: Path) -> None:
    """Guards heights: LibreOffice draws the lines of a row over the next where it names none."""
    looked = 0
    for sheet in load_workbook(made / "pack.xlsx"):
        if sheet.title == "Drawings":
            continue
        for cells in sheet.iter_rows():
            height = sheet.row_dimensions[cells[0].row or 0].height or 0
            for cell in cells:
                lines = str(cell.value or "").count("\n") + 1
                assert height >= min(13 * lines, 409), (sheet.title, cell.coordinate)
                looked += 1
    assert looked > 500


def test_the_page_needs_nothing_else(made: Path) -> None:
    """Guards self-containment: no script, no address of another host, no inline style attribute."""
    page = Page((made / "pack.html").read_text(encoding="utf-8"))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object"}
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        assert "style" not in attributes
        if "src" in attributes:
            assert attributes["src"].startswith("data:image/svg+xml;base64,")
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids


def test_numbers_are_those_of_the_services(shipped: Dataset, shipped_pack: Pack) -> None:
    """Guards that the pack counts nothing by itself: results, cells, entries, links, judgements."""
    grids = [p for p in shipped_pack.parts() if isinstance(p, Grid)]

    def rows(sheet: str) -> int:
        return sum(len(g.rows) for g in grids if g.sheet == sheet)

    report = check(shipped, today=DAY)
    assert rows("Check results") == len(report.results) > 100
    glance = {pair for p in shipped_pack.parts() if isinstance(p, Numbers) for pair in p.pairs}
    assert {(str(n), severity) for severity, n in report.counts.items()} <= glance
    quoted = {x.text for g in grids for r in g.rows for c in r.cells for x in c}
    assert all(f"“{' '.join(q.quote.split())}”" in quoted for r in report.results for q in r.quotes)
    links = exporting.links(shipped)[0]
    assert rows("Links") == sum(len(li.evidence) for li in links) > 200
    assert rows("Judgements") == len(judging.judgements(shipped)) > 50
    assert rows("Repairs") == len(judging.repairs(shipped))
    assert rows("Gaps") == len(gaps(shipped).gaps)
    printed = {e.iri for n in exporting.things(shipped) for e in n.entries}
    assert rows("Entries") > len(printed) > 100
    matrix = covering.coverage(shipped)
    (drawn,) = (g for g in grids if g.form == "matrix" and g.sheet == f"By {matrix.column_name}")
    assert [r.cells[-1][0].text for r in drawn.rows] == [
        *(str(matrix.row_total(r.iri)) for r in matrix.rows),
        str(matrix.total),
    ]


def test_every_step_is_drawn_on_some_page(shipped: Dataset) -> None:
    """Guards the parts of a drawing: together they hold each step, and each fits its page."""
    tops = [t.node.iri for o in overview(shipped) for t in o.tops]
    assert len(tops) > 5
    for iri in tops:
        whole = trace(shipped, iri)
        parts = list(pages(whole))
        steps = {(a, b) for a, bs in shape(whole).near.items() for b in bs}
        drawn = {(a, b) for p in parts for a, bs in shape(p).near.items() for b in bs}
        assert steps <= drawn
        feet = [sum(not below for below in shape(p).near.values()) for p in parts]
        assert all(n <= FURTHER for n in feet)


def test_every_reference_leads_to_its_row(shipped_pack: Pack) -> None:
    """Guards references: each has a row to lead to, and no two rows have one key."""
    lines = [
        x for p in shipped_pack.parts() if isinstance(p, Grid) for r in p.rows for c in r.cells
        for x in c if x.to
    ]  # fmt: skip
    assert len(lines) > 500
    assert {x.to for x in lines} <= shipped_pack.keys
    keys = [r.key for p in shipped_pack.parts() if isinstance(p, Grid) for r in p.rows if r.key]
    assert len(keys) == len(set(keys))


def test_other_levels_have_their_own_names(made: Path, pack: Pack) -> None:
    """Guards that the pack of another plan knows none of our levels."""
    assert "Threads by ambition" in {s.heading for _, s in pack.walk()}
    page = (made / "pack.html").read_text(encoding="utf-8")
    for words in ("OCC", "L&amp;H", "Oxfordshire", "corporate"):
        assert words not in page


def test_as_printed_says_so(four_levels: Dataset) -> None:
    """Guards the other reading: it is named, and its numbers are its own."""
    found = assured(four_levels, "printed", DAY)
    assert dict(found.facts)["Reading"] == "as printed"
    grids = [p for p in found.parts() if isinstance(p, Grid) and p.sheet == "Check results"]
    assert sum(len(g.rows) for g in grids) == len(check(four_levels, "printed", today=DAY).results)


@pytest.fixture(scope="module")
def hostile(four_levels_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Return the pack of a plan one of whose aims is called as an attacker would call it."""
    folder = tmp_path_factory.mktemp("hostile") / four_levels_folder.name
    shutil.copytree(four_levels_folder, folder)
    file = folder / "plan.ttl"
    text = file.read_text(encoding="utf-8")
    label = '"A harbour for everyone"'
    assert label in text
    file.write_text(text.replace(label, json.dumps(HOSTILE + " \u0007\u202e漢")), encoding="utf-8")
    return assured(Dataset.open([folder]), stated=DAY)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_are_text(hostile: Pack, form: str) -> None:
    """Guards that no format reads a label as markup, code or a formula, and none fails on it."""
    write: dict[str, Callable[[Pack], bytes]] = {
        "html": assuring.to_html,
        "docx": assuring.to_docx,
        "xlsx": assuring.to_xlsx,
        "pdf": assuring.to_pdf,
    }
    content = write[form](hostile)
    if form == "html":
        page = Page(content.decode("utf-8"))
        assert not [a for a in page.having("img") if "onerror" in a]
        assert any(HOSTILE in words for _, words in page.headings)
    elif form == "docx":
        said = [p.text for p in Document(io.BytesIO(content)).paragraphs]
        assert any(HOSTILE in words for words in said)
    elif form == "xlsx":
        cells = [
            c for s in load_workbook(io.BytesIO(content)) for row in s.iter_rows() for c in row
        ]
        assert any(HOSTILE in str(c.value) for c in cells)
        assert not [c for c in cells if c.data_type == "f"]
    else:
        reader = PdfReader(io.BytesIO(content))
        assert any(HOSTILE in e.get("/T", "") for e in structure(reader))
        assert not [p for p in reader.pages if "root:x:0" in p.extract_text()]
        # A letter that no font here has takes the standard's name away, never the tags.
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.fixture(scope="module")
def repository(four_levels_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the made-up plan in a git repository; the second commit adds an aim."""
    folder = tmp_path_factory.mktemp("git") / four_levels_folder.name
    shutil.copytree(four_levels_folder, folder)

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run([GIT, *who, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "As adopted")
    plan = folder / "plan.ttl"
    plan.write_text(
        plan.read_text(encoding="utf-8")
        + f'\n<{PLAN}/ambition/z> a gt:Aim ;\n  rdfs:label "Harbour light" ;\n'
        f"  gt:atLevel <{PLAN}/level/ambition> ;\n  gt:inPlan <{PLAN}> .\n",
        encoding="utf-8",
    )
    git("commit", "--quiet", "-am", "One more")
    return folder


def test_changes_since_a_revision(run: Run, repository: Path, tmp_path: Path) -> None:
    """Guards --baseline REV: new check results and new things of the plan, as check and diff."""
    file = tmp_path / "pack.html"
    done = run("report", "--data", repository, "--baseline", "HEAD~1", "--output", file)
    assert done.returncode == 0, done.stderr.decode()
    text = file.read_text(encoding="utf-8")
    changes = text.split('id="changes"')[1].split('id="signatures"')[0]
    said = json.loads(run("check", repository, "--baseline", "HEAD~1", "--format", "json").stdout)
    assert said["new"]
    assert changes.count("<strong>New</strong>") == len(said["new"])
    assert f"Since revision HEAD~1: {len(said['new'])} new, 0 mended" in changes
    assert "<strong>Added</strong>" in changes
    assert "Harbour light" in changes


def test_changes_since_a_file(
    run: Run, repository: Path, four_levels_folder: Path, tmp_path: Path
) -> None:
    """Guards --baseline FILE: results that check wrote, and an earlier folder of the plan."""
    before = tmp_path / "before.json"
    run("check", four_levels_folder, "--format", "json", "--output", before)
    for baseline, differs in ((before, False), (four_levels_folder, True)):
        done = run("report", "--data", repository, "--baseline", baseline)
        assert done.returncode == 0, done.stderr.decode()
        changes = done.stdout.decode().split('id="changes"')[1].split('id="signatures"')[0]
        assert "Harbour light" in changes
        assert ("Things and links of the plan" in changes) is differs


def test_without_a_baseline_it_says_so(pack: Pack) -> None:
    """Guards silence: nothing is said of changes where nothing was compared."""
    assert b"No baseline was named, so nothing is said of changes." in assuring.to_html(pack)


def test_accepted_results_are_shown_with_their_reasons(
    run: Run, four_levels_folder: Path, tmp_path: Path
) -> None:
    """Guards accepted exceptions: reason, post and day, and whether they hold on the stated day."""
    folder = tmp_path / four_levels_folder.name
    shutil.copytree(four_levels_folder, folder)
    found = json.loads(run("check", folder, "--format", "json").stdout)["results"][0]["id"]
    done = run(
        "accept", found, "--reason", "Known since spring", "--role", "Harbour master",
        "--until", "2099-01-01", "--data", folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    for day, now in (("2098-12-31", "Holds"), ("2099-01-02", "Expired: open")):
        text = run("report", "--data", folder, "--date", day).stdout.decode()
        accepted = text.split('id="accepted"')[1].split('id="changes"')[0]
        assert all(words in accepted for words in ("Known since spring", "Harbour master", now))


def test_each_of_several_plans_is_a_part(
    run: Run, four_levels_folder: Path, shipped_folder: Path, four_levels: Dataset
) -> None:
    """Guards several plans: a part each, no key twice, one alone with --plan, a baseline of one."""
    both = Dataset.open([four_levels_folder, four_levels_folder.parent / "plan-four-levels"])
    found = assured(both, stated=DAY)
    assert [s.number for s in found.sections] == ["1", "2"]
    page = Page(assuring.to_html(found).decode("utf-8"))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    several = Dataset.open([four_levels_folder, shipped_folder])
    assert part_of(several, "brackwater-harbour").sha256 == four_levels.sha256
    with pytest.raises(NotFound) as raised:
        part_of(several, "nothing")
    assert len(raised.value.nearest) == 2
    named = ("--data", four_levels_folder, "--data", shipped_folder)
    done = run("report", *named, "--baseline", "HEAD")
    assert done.returncode == 2
    assert b"--plan" in done.stderr


def test_what_is_no_text_needs_a_file(run: Run, four_levels_folder: Path) -> None:
    """Guards standard output, and that HTML is what comes unless another format is asked for."""
    data = ("--data", four_levels_folder)
    assert run("report", *data).stdout.startswith(b"<!doctype html>")
    for form in ("docx", "xlsx", "pdf"):
        done = run("report", *data, "--format", form)
        assert (done.returncode, done.stdout) == (2, b"")
        assert f"--output FILE.{form}".encode() in done.stderr
    assert run("report", *data, "--date", "tomorrow").returncode == 2


def test_rows_that_do_not_fit_are_refused() -> None:
    """Guards against a shifted cell, which would be a wrong statement."""
    from goldenthread.domain.pack.parts import Row, heads, lines

    with pytest.raises(ValueError, match="2 cells, 1 heads"):
        Grid("T", heads(("A", 1)), (Row((lines("a"), lines("b"))),))
