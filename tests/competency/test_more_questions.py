"""Questions that users of such documents ask beside the given ones, answered by hand first.

The literals were worked out from the text of Annex 3 (rows 1 to 9) and of Appendix 3 (priorities
1.1 to 3.3) before the tool was asked. Where a correction changes an answer, both are given.
"""

from collections import Counter

import pytest

from goldenthread.domain.identifiers import short_id
from goldenthread.services.asking import ask
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset
from goldenthread.store.lookup import resolve

Row = dict[str, str]
BOTH = ("printed", "corrected")
EMBED = (
    "Ensure the Oxfordshire business innovation and support sector are embedded in BIPC delivery"
)
MECC = (
    "Sustain and build on the MECC (Making Every Contact Count) model, "
    "increasing signposting to available support"
)
# Annex 3 lists these and Appendix 3 does not: the row, and the first words.
ONLY_ANNEX = [
    ("1", "Map out how each service"),
    ("2", "Implement a marketing and communications plan"),
    ("2", "Review the current programmes/Design new programme"),
    ("2", "Set engagement programme in place for 2023/24"),
    ("2", "Set targets for increasing and widening participation"),
    ("7", "Actively recruit volunteers"),
    ("7", "Review libraries and heritage services to schools"),
    ("8", "Review our volunteer strategy"),
    ("8", "Utilise Heritage Search platform"),
    ("9", "Develop a Libraries and Heritage Asset Development Plan"),
    ("9", "Launch and start to deliver a programme"),
    ("9", "Open new Banbury Library"),
    ("9", "Procure and implement a digital preservation"),
    ("9", "Review current Service Agreements with Museum partners"),
    ("9", "Review existing partnerships arrangements"),
    ("9", "Review museum, archives, and local history"),
    ("9", "Work with OCC and external partners"),
]


def rows(data: Dataset, name: str, reading: str | None = None, **params: str) -> list[Row]:
    """Return the rows of a library query, IRIs as short ids."""
    return [
        {c: short_id(v) if v.startswith("https://") else v for c, v in row.items()}
        for row in ask(data, name, params, reading).table()
    ]


def key(data: Dataset, words: str, reading: str = "corrected") -> str:
    """Return the short id of the thing with those words."""
    return short_id(resolve(data, words, reading))


def begins(labels: list[str], starts: list[str]) -> None:
    """Assert that the labels begin as listed, one for one and in any order."""
    assert len(labels) == len(starts)
    for label, start in zip(sorted(labels), sorted(starts), strict=True):
        assert label.startswith(start), (label, start)


def by_number(found: list[Row], value: str) -> dict[str, int]:
    """Return one counted column by the number of the thing."""
    return {r["number"]: int(r[value]) for r in found}


@pytest.mark.parametrize("reading", BOTH)
def test_what_falls_in_year_3(shipped: Dataset, reading: str) -> None:
    """Which actions fall in Year 3? Two alone (1.4, 3.3), three in a span (2.5, 3.2 twice)."""
    found = rows(shipped, "actions-in-period", reading, period="period/year-3")
    alone = [r["label"] for r in found if r["how"] == "alone"]
    begins(alone, ["Review volunteer strategy, policy", "Work with further education and other"])
    spans = {r["words"]: r["ongoing"] for r in found if r["how"] != "alone"}
    assert spans == {"Year 1 to 5": "false", "Year 2 / 3 (ongoing)": "true"}
    assert len(found) == 5


def test_what_runs_from_year_1_to_5(shipped: Dataset) -> None:
    """Which actions run Year 1 to 5? The two of 3.2."""
    found = [r for r in rows(shipped, "how-long") if r["words"] == "Year 1 to 5"]
    begins(
        [r["label"] for r in found], ["Develop a plan to maximise funding", "Identify partners to"]
    )
    assert {(r["firstLabel"], r["lastLabel"]) for r in found} == {("Year 1", "Year 5")}


@pytest.mark.parametrize(
    ("reading", "wanted"),
    [("printed", [17, 15, 5, 2, 2]), ("corrected", [19, 15, 5, 2, 2])],
)
def test_how_many_actions_in_each_year(shipped: Dataset, reading: str, wanted: list[int]) -> None:
    """How many actions name each year? "/" and "to" count in each; 2.1's two pair by judgement."""
    found = rows(shipped, "actions-by-period", reading)
    counts = {r["periodLabel"]: int(r["actions"]) for r in found}
    assert [counts[f"Year {n}"] for n in range(1, 6)] == wanted


def test_what_is_ongoing(shipped: Dataset) -> None:
    """Which actions are ongoing? Sixteen entries say so; ten of them begin alone in Year 1."""
    counts = Counter(r["words"] for r in rows(shipped, "ongoing-actions", "corrected"))
    assert counts == {
        "Year 1 (ongoing)": 10,
        "Year 1 / 2 (ongoing)": 1,
        "Year 2 (ongoing)": 4,
        "Year 2 / 3 (ongoing)": 1,
    }


def test_pilot_and_roll_out(shipped: Dataset) -> None:
    """Which action is piloted and rolled out? 1.1's second: Year 1 (Pilot), Year 2 (Roll out)."""
    found = rows(shipped, "phased-actions")
    assert [(r["phase"], r["words"]) for r in found] == [
        ("Pilot", "Year 1 (Pilot)"),
        ("Roll out", "Year 2 (Roll out)"),
    ]
    assert {r["label"][:47] for r in found} == {"Support Early Years development and school read"}


def test_what_is_due_in_q2(shipped: Dataset) -> None:
    """What is due in Q2 2022/23? Seven: three of row 2, one of row 7, three of row 9."""
    found = rows(shipped, "actions-in-period", period="period/2022-23-q2")
    assert Counter(r["place"].split(",")[1].strip() for r in found) == {
        "row 2": 3,
        "row 7": 1,
        "row 9": 3,
    }
    assert sorted(r["words"] for r in found) == ["Q1/Q2", "Q2", "Q2", "Q2", "Q2", "Q2", "Q2/Q3"]


def test_what_is_meant_for_2023_24(shipped: Dataset) -> None:
    """What is said of 2023/24? Two actions prepare it: row 2 (Q4) and row 9 (Q2)."""
    found = rows(shipped, "entries-with-words", text="2023/24")
    begins(
        [r["label"] for r in found],
        ["Review current Service Agreements", "Set engagement programme"],
    )
    when = {
        r["place"][:14]: [
            t["words"] for t in rows(shipped, "timescales-of-thing", thing=r["thing"])
        ]
        for r in found
    }
    assert when == {"Annex 3, row 2": ["Q4"], "Annex 3, row 9": ["Q2"]}


@pytest.mark.parametrize("reading", BOTH)
def test_listed_for_this_year_and_begun_later(shipped: Dataset, reading: str) -> None:
    """Which actions stand in the 2022/23 column and begin in Year 2 or 3? Eleven of Appendix 3."""
    found = rows(shipped, "listed-before-it-begins", reading)
    assert Counter(r["words"] for r in found) == {
        "Year 2": 4,
        "Year 2 (ongoing)": 4,
        "Year 2 / 3 (ongoing)": 1,
        "Year 3": 2,
    }
    twice = [r["label"] for r in found if ";" in r["places"]]
    begins(twice, ["Explore opportunities for Libraries", "Work with further education, third"])


def test_quarters_against_years(shipped: Dataset) -> None:
    """Where do quarter and year disagree? One action itself, and work that overlaps."""
    found = rows(shipped, "dates-that-differ")
    same = [(r["words"], r["otherWords"]) for r in found if r["relation"] == "the same action"]
    assert same == [("Q4", "Year 1 to 5")]
    pairs = {(r["label"][:29], r["otherLabel"][:25]): (r["words"], r["otherWords"]) for r in found}
    schools = ("Review libraries and heritage", "Review and improve Librar")
    assert pairs[schools] == ("Q2", "Year 2 (ongoing)")
    volunteers = ("Review our volunteer strategy", "Review volunteer strategy")
    assert pairs[volunteers] == ("Q3", "Year 3")


def test_measures_shared(shipped: Dataset) -> None:
    """Which measures serve several priorities? Five; that makes 53 of 59 entries."""
    found = {r["label"]: r["names"] for r in rows(shipped, "shared-measures")}
    assert found == {
        "Improved customer satisfaction ratings": "2.1; 2.4; 2.5",
        "Increased number of digital learning/support sessions delivered": "1.4; 3.1",
        "Increased number of service level agreements in place": "3.1; 3.2",
        "Increased number of/new partnerships in areas that reflect strategic priorities": (
            "3.1; 3.2"
        ),
        "Number of ICT access sessions delivered, especially in targeted areas "
        "(re. tackling digital exclusion)": "1.4; 3.1",
    }
    counts = rows(shipped, "wordings-by-document")
    measures = [r for r in counts if r["levelLabel"] == "measure" and r["document"]]
    assert [(r["entries"], r["things"]) for r in measures] == [("59", "53")]


def test_actions_and_measures_of_each_priority(shipped: Dataset) -> None:
    """How many actions and measures has each L&H priority? Counted in Appendix 3."""
    actions = rows(shipped, "level-by-level", upper="service-priority", lower="action")
    assert by_number(actions, "direct") == {
        "1.1": 2, "1.2": 4, "1.3": 2, "1.4": 2, "1.5": 1, "2.1": 3, "2.2": 3, "2.3": 2, "2.4": 3,
        "2.5": 3, "3.1": 3, "3.2": 2, "3.3": 4, "4.6": 0, "4.7": 0,
    }  # fmt: skip
    measures = rows(shipped, "level-by-level", upper="service-priority", lower="measure")
    assert by_number(measures, "direct") == {
        "1.1": 5, "1.2": 4, "1.3": 3, "1.4": 5, "1.5": 3, "2.1": 7, "2.2": 3, "2.3": 3, "2.4": 5,
        "2.5": 6, "3.1": 5, "3.2": 5, "3.3": 5, "4.6": 0, "4.7": 0,
    }  # fmt: skip


@pytest.mark.parametrize("reading", BOTH)
def test_measures_that_reach_each_top_priority(shipped: Dataset, reading: str) -> None:
    """How many measures reach each OCC priority, all through L&H priorities? Shared ones once."""
    found = rows(shipped, "level-by-level", reading, upper="corporate-priority", lower="measure")
    assert [int(r["reached"]) for r in found] == [3, 18, 8, 14, 0, 0, 9, 17, 8]
    assert {r["direct"] for r in found} == {"0"}


@pytest.mark.parametrize(
    ("reading", "direct", "reached"),
    [
        ("printed", [4, 9, 4, 5, 2, 0, 8, 8, 12], [4, 15, 5, 8, 2, 0, 8, 11, 13]),
        ("corrected", [4, 9, 4, 7, 0, 0, 8, 9, 11], [4, 15, 5, 8, 0, 0, 8, 11, 12]),
    ],
)
def test_actions_of_each_top_priority(
    shipped: Dataset, reading: str, direct: list[int], reached: list[int]
) -> None:
    """How many actions has each OCC priority, in its row and by way of the priorities it cites?"""
    found = rows(shipped, "level-by-level", reading, upper="corporate-priority", lower="action")
    assert [int(r["direct"]) for r in found] == direct
    assert [int(r["reached"]) for r in found] == reached


def test_only_in_appendix_3(shipped: Dataset) -> None:
    """Which actions of Appendix 3 are in no row of Annex 3? Three: of 1.5, 2.3 and 3.1."""
    found = rows(shipped, "things-in-one-document", document="appendix-3", level="action")
    begins(
        [r["label"] for r in found],
        ["Ensure the Oxfordshire", "Establish a sustainable", "Implement a Workforce"],
    )
    assert sorted(r["places"].split("(")[1][:3] for r in found) == ["1.5", "2.3", "3.1"]


def test_only_in_annex_3(shipped: Dataset) -> None:
    """Which actions of Annex 3 are not in Appendix 3? Seventeen, so they have no measures."""
    found = rows(shipped, "things-in-one-document", document="annex-3", level="action")
    where = sorted((r["places"].split("row ")[1][0], r["label"]) for r in found)
    assert [n for n, _ in where] == [n for n, _ in ONLY_ANNEX]
    begins([label for _, label in where], [start for _, start in ONLY_ANNEX])
    loose = rows(shipped, "things-without-level", level="action", other="service-priority")
    assert {r["thing"] for r in loose} == {r["thing"] for r in found}
    assert all(not rows(shipped, "measures-through-aims", thing=r["thing"]) for r in found)


def test_what_31_serves(shipped: Dataset) -> None:
    """Which OCC priorities does 3.1 serve, and does any serve more? 2, 3 and 4; none does."""
    above = rows(shipped, "things-above", thing="service-priority/3.1")
    assert [(r["number"], r["direct"]) for r in above] == [("2", "1"), ("3", "1"), ("4", "1")]
    several = rows(shipped, "things-serving-several", level="service-priority")
    assert {r["number"]: r["names"] for r in several} == {
        "3.1": "2; 3; 4",
        "1.1": "7; 8",
        "1.3": "3; 4",
        "2.5": "2; 4",
    }


def test_themes_of_promises(shipped: Dataset) -> None:
    """Which themes do the 13 promises name? Each theme's count, and the two with Place alone."""
    found = rows(shipped, "things-in-theme", level="promise")
    assert Counter(r["themeLabel"] for r in found) == {"People": 11, "Place": 7, "Partnership": 6}
    named: dict[str, set[str]] = {}
    for row in found:
        named.setdefault(row["label"], set()).add(row["themeLabel"])
    begins([p for p, t in named.items() if t == {"Place"}], ["Reduce our impact on the climate"])
    begins([p for p, t in named.items() if t == {"People"}], ["Promote digital inclusion"])
    assert len(named) == 13


def test_actions_and_measures_of_each_theme(shipped: Dataset) -> None:
    """How many actions and measures come under each theme? By Appendix 3's three tables."""
    found = rows(shipped, "things-under-themes")
    assert {(r["themeLabel"], r["levelLabel"]): int(r["things"]) for r in found} == {
        ("People", "action"): 11,
        ("People", "measure"): 20,
        ("Place", "action"): 14,
        ("Place", "measure"): 22,
        ("Partnership", "action"): 9,
        ("Partnership", "measure"): 13,
    }
    place = rows(shipped, "things-in-theme", theme="place", level="action")
    assert Counter(r["names"] for r in place) == {"2.1": 3, "2.2": 3, "2.3": 2, "2.4": 3, "2.5": 3}
    assert {r["how"] for r in place} == {"below what is grouped"}


def test_themes_promised_and_not_delivered(shipped: Dataset) -> None:
    """Which theme does a row's promise name that none of its L&H priorities has? Rows 7 and 9."""
    found = rows(shipped, "themes-claimed-at-one-level")
    assert {(r["number"], r["themeLabel"]) for r in found if r["claimedBy"] == "promise"} == {
        ("7", "Partnership"),
        ("9", "People"),
    }


def test_targets_and_baselines(shipped: Dataset) -> None:
    """Which measures have a target or a baseline? None of 53; 2.5 has one that asks for one."""
    found = {r["label"]: (r["measures"], r["stated"]) for r in rows(shipped, "measure-properties")}
    assert found["target"] == found["baseline"] == ("53", "0")
    words = {r["word"]: int(r["things"]) for r in rows(shipped, "opening-words", level="measure")}
    assert (words["number"], words["increased"], words["improved"]) == (10, 23, 10)
    assert sum(words.values()) == 53
    asks = rows(shipped, "things-with-words", text="Baseline", level="measure")
    assert [r["label"] for r in asks] == ["Baseline current levels of usage and participation"]


@pytest.mark.parametrize(("reading", "dated"), [("printed", "46"), ("corrected", "48")])
def test_who_is_responsible(shipped: Dataset, reading: str, dated: str) -> None:
    """Who answers for each action? The documents name no one: 0 of 51. Dates: all but 3 (or 5)."""
    found = {r["label"]: r["stated"] for r in rows(shipped, "action-properties", reading)}
    assert found["role that answers for it"] == "0"
    assert found["measure of its own"] == "0"
    assert found["timescale"] == dated
    for word in ("responsible", "owner", "lead officer"):
        assert rows(shipped, "entries-with-words", reading, text=word) == []


def test_targeted_areas(shipped: Dataset) -> None:
    """Where is "targeted areas" used, and is it defined? In 4 measure entries, never defined."""
    found = rows(shipped, "entries-with-words", text="targeted areas")
    assert sorted(r["place"].split("(")[1][:3] for r in found) == ["1.2", "1.4", "2.3", "3.1"]
    assert len({r["thing"] for r in found}) == 3
    assert all(r["thing"].startswith("measure/") for r in found)


def test_digital_exclusion(shipped: Dataset) -> None:
    """Where is digital exclusion dealt with? A measure (1.4, 3.1), an action (3.1; rows 3, 5)."""
    found = rows(shipped, "entries-with-words", text="digital exclusion")
    places = Counter(r["thing"].split("/")[0] for r in found)
    assert places == {"action": 3, "measure": 2}
    promise = rows(shipped, "things-with-words", text="digital inclusion")
    assert [r["label"] for r in promise] == ["Promote digital inclusion and enhance digital access"]
    action = next(r["thing"] for r in found if r["thing"].startswith("action/"))
    for reading, served in (("printed", ["2", "3", "4", "5"]), ("corrected", ["2", "3", "4"])):
        above = rows(shipped, "things-above", reading, thing=action)
        assert [r["number"] for r in above if r["levelName"] != "L&H priority"] == served


def test_volunteers(shipped: Dataset) -> None:
    """Where are volunteers dealt with? 15 entries: 3.3, six actions, four measures."""
    assert len(rows(shipped, "entries-with-words", text="volunteer")) == 15
    found = rows(shipped, "things-with-words", text="volunteer")
    assert Counter(r["levelName"] for r in found) == {"L&H priority": 1, "action": 6, "measure": 4}


def test_rural(shipped: Dataset) -> None:
    """What is done for rural communities? A promise (row 2), an action and a measure of 2.5."""
    found = rows(shipped, "things-with-words", text="rural")
    assert [(r["levelName"], r["label"][:23]) for r in found] == [
        ("promise", "Support access in rural"),
        ("action", "Explore enhanced models"),
        ("measure", "Increased number/delive"),
    ]


def test_carers(shipped: Dataset) -> None:
    """What is done for carers? Only the title says "carer"; three priorities and their actions."""
    said = rows(shipped, "entries-with-words", text="carer")
    assert [r["thing"] for r in said] == ["corporate-priority/4"]
    cited = rows(shipped, "things-below", thing="corporate-priority/4")
    assert [r["number"] for r in cited if r["levelName"] == "L&H priority"] == ["1.3", "2.5", "3.1"]
    assert Counter(r["levelName"] for r in cited)["action"] == 8


def test_asset_development_plan(shipped: Dataset) -> None:
    """Where is the Asset Development Plan (or Strategy)? 8 entries, 5 things, dated two ways."""
    found = rows(shipped, "entries-with-words", text="Asset Development")
    assert len(found) == 8
    assert Counter(t.split("/")[0] for t in {r["thing"] for r in found}) == {
        "action": 4,
        "measure": 1,
    }
    plan = "action/develop-a-libraries-and-heritage-asset"
    assert plan in {r["thing"] for r in found}
    assert [r["words"] for r in rows(shipped, "timescales-of-thing", thing=plan)] == ["Q1"]
    (complete,) = {r["thing"] for r in found if "Complete" in r["label"]}
    times = rows(shipped, "timescales-of-thing", "corrected", thing=complete)
    assert [r["words"] for r in times] == ["Year 1 (ongoing)"]
    assert rows(shipped, "timescales-of-thing", "printed", thing=complete) == []


def test_named_places(shipped: Dataset) -> None:
    """Which places are named? Banbury twice, Blackbird Leys and Bicester once, all in row 9."""
    for place, count in (("Banbury", 2), ("Blackbird Leys", 1), ("Bicester", 1)):
        found = rows(shipped, "entries-with-words", text=place)
        assert len(found) == count
        assert all(r["place"].startswith("Annex 3, row 9") for r in found)


MIXED = {
    "printed": {
        "2": ("1.4; 2.4", "9", "4"),
        "3": ("1.3; 3.1", "4", "0"),
        "4": ("1.3; 2.5", "5", "0"),
        "7": ("1.1; 1.2", "8", "2"),
        "8": ("2.1; 3.3", "8", "2"),
        "9": ("2.3; 3.2; 3.3", "12", "8"),
    }
}
MIXED["corrected"] = MIXED["printed"] | {
    "4": ("1.3; 2.5; 3.1", "7", "0"),
    "8": ("2.1; 3.3", "9", "2"),
    "9": ("2.3; 3.2", "11", "8"),
}


@pytest.mark.parametrize("reading", BOTH)
def test_rows_that_mix_priorities(shipped: Dataset, reading: str) -> None:
    """Which rows of Annex 3 mix actions of several L&H priorities, and how many are of none?"""
    found = rows(shipped, "rows-mixing-aims", reading, level="action")
    assert {r["number"]: (r["names"], r["items"], r["loose"]) for r in found} == MIXED[reading]


@pytest.mark.parametrize(
    ("reading", "more"),
    [
        ("corrected", []),
        (
            "printed",
            [("4", "3.1", "cited, none listed"), ("5", "3.1", "listed, not cited"),
             ("9", "3.3", "listed, not cited")],
        ),
    ],
)  # fmt: skip
def test_rows_out_of_step(shipped: Dataset, reading: str, more: list[tuple[str, str, str]]) -> None:
    """Where are priorities cited without their actions, or actions listed without theirs cited?"""
    found = rows(shipped, "rows-out-of-step", reading, level="action")
    always = [("2", n, "cited, none listed") for n in ("2.5", "3.1", "4.6", "4.7")]
    always.append(("8", "1.1", "cited, none listed"))
    assert sorted((r["number"], r["aimNumber"], r["what"]) for r in found) == sorted(always + more)


def test_does_the_bipc_action_reach_carers(shipped: Dataset) -> None:
    """Does 3.1's BIPC action serve OCC 4? By two stated steps, which no document states whole."""
    action = key(shipped, EMBED)
    steps = rows(shipped, "threads-between", **{"from": action, "to": "corporate-priority/4"})
    assert [(r["upper"], r["basis"], r["statedIn"]) for r in steps] == [
        ("service-priority/3.1", "stated", "Appendix 3"),
        ("corporate-priority/4", "stated", "Annex 3"),
    ]
    assert rows(shipped, "threads-between", **{"from": action, "to": "corporate-priority/9"}) == []
    followed = trace(shipped, resolve(shipped, action), "up")
    assert {t.ends for t in followed.threads} == {"inferred"}


def test_pairs_that_follow_and_pairs_in_print(shipped: Dataset) -> None:
    """Which of the 46 action-to-OCC pairs are printed? 32; 3 only as corrected; 11 are inferred."""
    found = rows(shipped, "pairs-through-others", "corrected", level="action")
    assert Counter(r["ends"] for r in found) == {
        "printed": 32,
        "only as corrected": 3,
        "inferred": 11,
    }
    moved = {(r["lowerLabel"][:12], r["upperNumber"]) for r in found if "corrected" in r["ends"]}
    assert moved == {("Review exist", "4"), ("Work with fu", "4"), ("Increased di", "8")}
    printed = rows(shipped, "pairs-through-others", "printed", level="action")
    assert Counter(r["ends"] for r in printed) == {"printed": 32, "inferred": 14}


def test_which_measures_prove_an_action(shipped: Dataset) -> None:
    """Which measures prove the MECC action? None of its own; 1.3's three, which it shares."""
    found = rows(shipped, "measures-through-aims", thing=key(shipped, MECC))
    begins(
        [r["label"] for r in found],
        ["Number of MECC", "Number of partners identified", "Range of resources"],
    )
    assert {(r["how"], r["number"]) for r in found} == {("through what it serves", "1.3")}


def test_cut_off_text(shipped: Dataset) -> None:
    """Which text is cut off, and what did page breaks cut? One for good; five rejoined."""
    found = rows(shipped, "truncated-entries")
    assert [r["place"] for r in found] == ["Annex 3, row 2, column 4, entry 5 of 5"]
    assert found[0]["words"].endswith("to access and gain")
    cut = sorted(r["repair"].rsplit("row-")[1] for r in rows(shipped, "repairs"))
    assert cut == ["2", "2.1", "2.5", "3.2", "9"]


def test_numbers_that_are_off(shipped: Dataset) -> None:
    """Which numbers are off? 1.4 printed as 1.5, so 1.5 is two things; no table 4; Partnership."""
    used = rows(shipped, "numbers-used-twice")
    assert {(r["printed"], r["number"]) for r in used} == {("1.5", "1.4"), ("1.5", "1.5")}
    assert [r["number"] for r in rows(shipped, "cited-but-undefined")] == ["4.6", "4.7"]
    headings = [r for r in rows(shipped, "headings") if r["place"].endswith(", heading")]
    assert [(r["number"], r["words"].split()[0]) for r in headings] == [
        ("1", "People"),
        ("2", "Place"),
        ("", "Partnership"),
    ]


def test_green_spaces(shipped: Dataset) -> None:
    """What stands beside OCC 6? A pointer to OCC 1's activities and a count; no link either way."""
    (pointer,) = rows(shipped, "cross-references")
    assert (pointer["number"], pointer["otherNumber"]) == ("6", "1")
    assert [r["words"][:9] for r in rows(shipped, "notes")] == ["See Clima", "number of"]
    assert rows(shipped, "things-below", thing="corporate-priority/6") == []


def test_actions_without_a_priority_between(shipped: Dataset) -> None:
    """Which OCC priority has actions and no L&H priority? As printed 5; with corrections none."""
    for reading, only in (("printed", {"5"}), ("corrected", set())):
        lacking = {
            level: {
                r["number"] for r in rows(shipped, "top-aims-without-level", reading, level=level)
            }
            for level in ("service-priority", "action")
        }
        assert lacking["service-priority"] == {"5", "6"}
        assert lacking["service-priority"] - lacking["action"] == only


def test_what_corrections_take_away(shipped: Dataset) -> None:
    """Which printed links do the corrections set aside? Two of row 5 and one of row 9."""
    found = rows(shipped, "withdrawn-links")
    assert sorted((r["toNumber"], r["fromLabel"][:22]) for r in found) == [
        ("5", "Review existing partne"),
        ("5", "Work with further educ"),
        ("9", "Increased diversity ac"),
    ]
