import io
import re
from typing import Any

import docx
import pytest

AIM = "occ-libraries-heritage/corporate-priority"


def test_a_briefing_is_a_page_a_document_and_data(explorer: Any) -> None:
    """Guards the three forms: same words in each, with the data set named."""
    page = explorer.ask("/briefing?focus=corporate-priority/4")
    word = explorer.ask("/briefing.docx?focus=corporate-priority/4")
    value = explorer.ask("/briefing.json?focus=corporate-priority/4").json
    assert page.status == word.status == 200
    assert word.headers["content-type"].endswith("wordprocessingml.document")
    document = docx.Document(io.BytesIO(word.body))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [s["heading"] for s in value["sections"]]
    for heading in headings:
        assert f">{heading}</h2>" in page.text
    assert value["dataset"]["sha256"].startswith(document.core_properties.identifier[7:])
    assert explorer.ask("/briefing.docx?focus=corporate-priority/4").body == word.body


def test_the_reading_stays_in_its_addresses(explorer: Any) -> None:
    """Guards the reading: links of the page keep it, and numbers follow it."""
    printed = explorer.ask("/briefing?focus=corporate-priority/5&reading=printed").text
    assert "/briefing.docx?focus=corporate-priority%2F5&amp;reading=printed" in printed
    assert "2 actions" in printed
    assert "No link is recorded" in explorer.ask("/briefing?focus=corporate-priority/5").text


def test_what_cannot_be_briefed_on_says_why(explorer: Any) -> None:
    """Guards errors for people: a theme groups things; an unknown thing has nearest ones."""
    assert explorer.ask("/briefing?focus=theme/people").status == 400
    unknown = explorer.ask("/briefing?focus=corporate-priority/44")
    assert unknown.status == 404
    assert "corporate-priority/4" in unknown.text


def test_every_action_is_one_click_from_why_it_exists(explorer: Any) -> None:
    """Guards the question of issue 3: the thing's page leads to the account, which has quotes."""
    thing = explorer.ask("/doc/occ-libraries-heritage/action/review-existing-partnerships")
    if thing.status == 404:
        iri = explorer.ask("/api/v1/search?q=Review+existing+partnerships+and").json["hits"][0][
            "iri"
        ]
        thing = explorer.ask("/doc/" + iri.split("/id/")[1])
    address = next(
        part.split('"')[0] for part in thing.text.split('href="') if part.startswith("/why?")
    )
    page = explorer.ask(address.replace("&amp;", "&"))
    assert page.status == 200
    assert "Why does this action exist, and how will we know it worked?" in page.text
    assert "No link recorded: no measure is tied to it itself." in page.text
    assert page.text.count("<blockquote") > 5
    # A theme serves nothing on a thread: what it rests on is told, and nothing is said of why.
    theme = explorer.ask("/why?focus=theme/people")
    assert theme.status == 200
    assert "Evidence: " in theme.text
    assert "Why does this" not in theme.text
    assert explorer.ask("/why.json?focus=service-priority/1.4").json["paragraph"]


def test_a_trace_leads_from_each_action_to_why_it_exists(explorer: Any) -> None:
    """Guards the one click from the list: as many links as actions, each named by its action."""
    text = explorer.ask("/trace?focus=corporate-priority/4").text
    links = [part for part in text.split('href="') if part.startswith("/why?")]
    named = [p for p in links if "Why it exists" in p and "govuk-visually-hidden" in p[:200]]
    assert len(named) == 8
    assert "/briefing?focus=corporate-priority%2F4" in text


def test_a_thing_shows_its_differences_in_words_too(explorer: Any) -> None:
    """Guards marks that do not rest on colour: ins, del and hidden words."""
    text = explorer.ask("/doc/occ-libraries-heritage/service-priority/1.4").text
    assert '<span class="govuk-visually-hidden">[not here: </span>1.4' in text
    assert '<span class="govuk-visually-hidden">[only here: </span>1.5' in text
    assert "Worded otherwise: 1 word only here and 1 word only there." in text


def said(page: str) -> str:
    """Return the words of a page, whatever of them is a link."""
    return " ".join(re.sub("<[^>]*>", "", page).split())


def test_a_thing_shows_results_history_and_place(explorer: Any) -> None:
    """Guards the rest of the page: check results, what corrections change, judgements by date."""
    text = explorer.ask(f"/doc/{AIM}/5").text
    assert "Check results (3)" in said(text)
    assert text.count("Only as printed") == 2
    assert "The two actions printed in row 5 are row 4" in text
    assert "No link recorded to any promises, L&amp;H priorities, actions or measures." in text
    other = explorer.ask("/doc/occ-libraries-heritage/service-priority/1.4").text
    assert "the same as printed and with corrections" in other


def test_other_levels_have_their_own_names(four_level_explorer: Any) -> None:
    """Guards pages of another plan: its names and articles, and no level of ours."""
    page = four_level_explorer.ask("/briefing?focus=ambition/a").text
    assert "3 outcomes, 3 tasks and 2 signals" in said(page)
    why = four_level_explorer.ask("/why?focus=ambition/a").text
    assert "This is an ambition, numbered A" in why
    thing = four_level_explorer.ask("/doc/brackwater-harbour/outcome/b1").text
    assert "No link recorded" not in thing.split("Its words")[0]
    assert "Signals</h3>" in thing


@pytest.mark.browser
@pytest.mark.parametrize("number", range(1, 10))
def test_a_briefing_prints_on_one_sheet(browser: Any, explorer: Any, number: int) -> None:
    """Guards the one A4 page of each priority, as a browser prints it."""
    page = browser.new_page()
    page.goto(f"{explorer.url}/briefing?focus=corporate-priority/{number}")
    made = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page[^s]", made)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 59[45]\.?\d* 84[12]", made)
