import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

THING = "/doc/occ-libraries-heritage/service-priority/1.4"
PAGES = ["/trace", "/coverage", "/gaps", "/checks", "/corrections", "/why", THING]
QUERY = {"/trace": "focus=corporate-priority/4&", "/why": "focus=service-priority/1.4&"}


def asked(explorer: Any, page: str, form: str, reading: str = "printed") -> Any:
    """Return the download of a page."""
    answer = explorer.ask(f"{page}.{form}?{QUERY.get(page, '')}reading={reading}")
    assert answer.body
    assert answer.status == 200, (page, form)
    return answer


def is_said(said: dict[str, str], sha256: str) -> None:
    """Assert that what a file says of itself is the data set, its reading and its licence."""
    assert said["sha256"] == sha256
    assert said["reading"] == "as printed"
    assert said["licence"].startswith("Licence")


@pytest.mark.parametrize("page", PAGES)
def test_json_says_where_it_comes_from(explorer: Any, shipped: Any, page: str) -> None:
    """Guards provenance in JSON: hash, edition, licence, documents and reading, as the API has."""
    found = asked(explorer, page, "json").json
    is_said(found["dataset"], shipped.sha256)
    assert len(found["dataset"]["documents"]) == 2
    assert "version" in found["dataset"]


@pytest.mark.parametrize("page", PAGES)
def test_csv_says_where_it_comes_from_and_stays_csv(explorer: Any, shipped: Any, page: str) -> None:
    """Guards provenance in CSV: in columns of each row, so that no parser trips on a comment."""
    rows = list(csv.DictReader(io.StringIO(asked(explorer, page, "csv").text, newline="")))
    assert rows
    for row in rows:
        assert None not in row
        said = {k.removeprefix("dataset_"): v for k, v in row.items() if k.startswith("dataset_")}
        is_said(said, shipped.sha256)


@pytest.mark.parametrize("page", PAGES)
def test_a_workbook_says_where_it_comes_from(explorer: Any, shipped: Any, page: str) -> None:
    """Guards provenance in XLSX: on its last sheet and in its properties."""
    answer = asked(explorer, page, "xlsx")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    book = load_workbook(io.BytesIO(answer.body))
    said = {r[0].value: r[1].value for r in book["About"].iter_rows()}
    assert said["Data set (SHA-256)"] == shipped.sha256
    assert said["Reading"] == "as printed"
    assert said["Rights"].startswith("Licence")
    assert book.worksheets[0].max_row > 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_page_leads_to_each_form_and_names_the_file(
    explorer: Any, shipped: Any, page: str, form: str
) -> None:
    """Guards that what is there can be found, and that a saved file's name tells its data set."""
    text = explorer.ask(f"{page}?{QUERY.get(page, '')}").text
    assert f'href="{page}.{form}' in text
    name = asked(explorer, page, form).headers["content-disposition"]
    assert name.endswith(f'{page.strip("/").replace("/", "-")}-{shipped.sha256[:12]}.{form}"')


def test_every_download_is_the_same_each_time(explorer: Any) -> None:
    """Guards determinism: a download depends on the data and its address alone."""
    for page in PAGES:
        first, again = (asked(explorer, page, "xlsx").body for _ in range(2))
        assert first == again


@pytest.mark.parametrize("form", ["ttl", "jsonld", "nt", "rdf"])
def test_rdf_of_a_thing_says_where_it_comes_from(explorer: Any, shipped: Any, form: str) -> None:
    """Guards provenance in RDF: the data set is named by its hash, with what its licence is."""
    text = explorer.ask(f"{THING}.{form}").text
    assert shipped.sha256 in text
    assert "Licence not known" in text


def test_a_workbook_of_a_thing_has_what_its_page_has(explorer: Any) -> None:
    """Guards the workbook: differences, changes and check results stand beside the links."""
    names: set[str] = set()
    for thing in ("corporate-priority/5", "service-priority/1.4"):
        found = explorer.ask(f"/doc/occ-libraries-heritage/{thing}.xlsx")
        sheets = load_workbook(io.BytesIO(found.body)).sheetnames
        assert sheets[:3] == ["Thing", "Entries", "Links"]
        names |= {*sheets}
    assert {"Differences", "Check results", "Changes", "Judgements", "What is said"} <= names


def test_an_account_is_a_document_too(explorer: Any, shipped: Any) -> None:
    """Guards the account for meetings: a Word document with its parts, quotes and data set."""
    from docx import Document

    made = explorer.ask("/why.docx?focus=service-priority/1.4")
    assert made.status == 200
    document = Document(io.BytesIO(made.body))
    heads = [p.text for p in document.paragraphs if p.style and "Heading" in str(p.style.name)]
    assert "Why it exists" in heads
    text = "\n".join(p.text for p in document.paragraphs)
    assert (
        shipped.sha256[:12] in text
        or shipped.sha256[:12] in document.sections[0].footer.paragraphs[0].text
    )
