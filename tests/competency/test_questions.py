"""The competency questions, answered through library queries in the reading they speak of.

The items are copied from the questions' file, so that these tests pass without it.
"""

# ruff: noqa: RUF001 - the quotation marks are those of the documents
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from goldenthread.domain.identifiers import short_id
from goldenthread.services.asking import ask
from goldenthread.store.dataset import Dataset

SHARED = Path(__file__).parents[3] / "shared" / "competency-questions.json"
Row = dict[str, str]
Check = Callable[[Dataset], None]
QUESTIONS: dict[str, Check] = {}

MECC = (
    "Sustain and build on the MECC (Making Every Contact Count) model, "
    "increasing signposting to available support"
)
SHARED_PROMISE = (
    "Increase programmes and activities to support people to have active and healthy lives, "
    "reducing social isolation and loneliness"
)
STORAGE = "Improved capacity for museum and local history storage"
DIGITAL = (
    "Build on the Libraries’ Digital Helper programme and develop opportunities for people to "
    "access and gain digital skills and confidence"
)
LEARNING = (
    "Work with further education and other adult learning providers to develop learning offer"
)


def question(name: str) -> Callable[[Check], Check]:
    """Enter a check under the id of its question."""

    def enter(check: Check) -> Check:
        QUESTIONS[name] = check
        return check

    return enter


def rows(data: Dataset, name: str, reading: str | None = None, **params: str) -> list[Row]:
    """Return the rows of a library query, IRIs as short ids."""
    answer = ask(data, name, params, reading)
    return [
        {c: short_id(v) if v.startswith("https://") else v for c, v in row.items()}
        for row in answer.table()
    ]


def column(found: list[Row], name: str) -> list[str]:
    """Return one column, sorted."""
    return sorted(row[name] for row in found)


def key(data: Dataset, label: str) -> str:
    """Return the short id of the thing with that label."""
    (found,) = [r for r in rows(data, "things") if r["label"] == label]
    return found["thing"]


def measures(data: Dataset, number: str) -> list[str]:
    """Return the measures of the priority that is set out under a number."""
    return column(
        rows(data, "measures-of-things", measured=f"service-priority/{number}"), "measureLabel"
    )


@question("CQ1")
def climate_emergency(data: Dataset) -> None:
    """What follows from priority 1: promise, priority, actions, timescales, measures."""
    found = rows(data, "thread-down", thing="corporate-priority/1")
    direct = [r for r in found if r["upper"] == "corporate-priority/1"]
    assert [r["lowerLabel"] for r in direct if r["lowerLevel"] == "promise"] == [
        (
            "Reduce our impact on the climate by retrofitting our buildings where possible and "
            "improving our digital offer"
        )
    ]
    assert [r["lowerNumber"] for r in direct if r["lowerNumber"]] == ["2.2"]
    actions = [r for r in direct if r["lowerLevel"] == "action"]
    assert column(actions, "place") == [
        f"Annex 3, row 1, column 4, entry {i} of 4" for i in range(1, 5)
    ]
    under = {r["lower"] for r in found if r["upper"] == "service-priority/2.2"}
    own = [r["lower"] for r in actions if r["lower"] not in under]
    assert [r["label"][:7] for r in rows(data, "things") if r["thing"] in own] == ["Map out"]
    assert [r["words"] for r in rows(data, "timescales-of-thing", thing=own[0])] == ["Q1"]
    for action in {r["lower"] for r in actions} - set(own):
        times = rows(data, "timescales-of-thing", thing=action)
        assert [r["words"] for r in times] == ["Year 1 (ongoing)"]
    assert sorted(r["lowerLabel"] for r in found if r["property"] == "measures") == [
        (
            "Improved sustainability (via carbon reduction/energy efficiency initiatives etc.) of "
            "Libraries and Heritage buildings and operations"
        ),
        (
            "Number of carbon reduction/climate emergency activities and initiatives in place, and "
            "resources provided"
        ),
        "Number of staff completed Climate Action training",
    ]


@question("CQ3")
def mecc(data: Dataset) -> None:
    """Why the MECC model, when, and how known."""
    action = key(data, MECC)
    above = rows(data, "thread-up", thing=action)
    assert column(above, "upper") == [
        "corporate-priority/3",
        "corporate-priority/3",
        "corporate-priority/4",
        "corporate-priority/4",
        "service-priority/1.3",
    ]
    beside = rows(data, "listed-together", thing=action)
    promises = {r["label"] for r in beside if r["levelName"] == "promise"}
    assert promises == {SHARED_PROMISE}
    times = rows(data, "timescales-of-thing", thing=action)
    assert [(r["words"], r["basis"]) for r in times] == [("Year 1 (ongoing)", "by position")]
    themes = rows(data, "things-in-theme", theme="people", level="service-priority")
    assert "service-priority/1.3" in column(themes, "thing")
    assert measures(data, "1.3") == [
        "Number of MECC interventions increased",
        (
            "Number of partners identified/service level agreements in place and new services "
            "piloted, evaluated, and mainstreamed across services"
        ),
        "Range of resources and number of relevant activities/events delivered",
    ]


@question("CQ5")
def nothing_under(data: Dataset) -> None:
    """Which top priorities lack a promise, a priority or an action, as printed and as read."""
    for reading, lacking in (
        ("printed", {"promise": [5, 6], "service-priority": [5, 6], "action": [6]}),
        ("corrected", {"promise": [5, 6], "service-priority": [5, 6], "action": [5, 6]}),
    ):
        for level, numbers in lacking.items():
            found = rows(data, "top-aims-without-level", reading, level=level)
            assert column(found, "number") == [str(n) for n in numbers]
    notes = rows(data, "notes")
    assert {(r["words"], r["number"]) for r in notes} >= {("See Climate Emergency activities", "6")}


@question("CQ6")
def aligned_to_none(data: Dataset) -> None:
    """Which priorities of Appendix 3 serve no corporate priority."""
    found = rows(data, "things-without-level", level="service-priority", other="corporate-priority")
    assert [(r["number"], r["label"]) for r in found] == [
        ("1.5", "Equip our staff to deliver innovative services")
    ]


@question("CQ7")
def cited_and_not_set_out(data: Dataset) -> None:
    """Which priorities are cited in Annex 3 and set out nowhere."""
    found = rows(data, "cited-but-undefined")
    assert {r["number"]: r["label"] for r in found} == {
        "4.6": "Service efficiency / community access (RFID and Open+projects)",
        "4.7": "Produce communications and marketing plan for Libraries and Heritage aligned to "
        "strategy",
    }
    assert all(r["cited"].startswith("Annex 3, row 2, continued") for r in found)
    for row in found:
        assert rows(data, "things-below", thing=row["thing"]) == []
        assert column(rows(data, "things-above", thing=row["thing"]), "number") == ["2"]


@question("CQ9")
def priority_14(data: Dataset) -> None:
    """What 1.4 serves, with which actions, timescales and measures."""
    thing = "service-priority/1.4"
    assert column(rows(data, "things-above", thing=thing), "above") == ["corporate-priority/2"]
    differ = rows(data, "numbers-that-differ")
    assert [(r["number"], r["printed"]) for r in differ] == [("1.4", "1.5")]
    below = rows(data, "things-below", thing=thing)
    actions = {r["label"]: r["below"] for r in below if r["levelName"] == "action"}
    assert set(actions) == {DIGITAL, LEARNING}
    for label, words in ((DIGITAL, "Year 2"), (LEARNING, "Year 3")):
        times = rows(data, "timescales-of-thing", thing=actions[label])
        assert [(r["words"], r["basis"]) for r in times] == [(words, "by position")]
    assert [r["thing"] for r in rows(data, "truncated-entries")] == [actions[DIGITAL]]
    assert measures(data, "1.4") == [
        "Increased access to learning and skills development opportunities for residents",
        "Increased employability of residents",
        "Increased number of digital learning/support sessions delivered",
        "Increased opportunities for self-directed learning",
        (
            "Number of ICT access sessions delivered, especially in targeted areas (re. tackling "
            "digital exclusion)"
        ),
    ]


@question("CQ12")
def quarters(data: Dataset) -> None:
    """How many entries carry a quarter, and how many fall in each."""
    marks = rows(data, "entries-with-marks")
    assert len({r["entry"] for r in marks}) == 18
    by_row: dict[str, set[str]] = {}
    for mark in marks:
        by_row.setdefault(mark["number"], set()).add(mark["entry"])
    assert {n: len(e) for n, e in by_row.items()} == {"1": 1, "2": 4, "7": 2, "8": 2, "9": 9}
    counts = {r["periodLabel"]: int(r["entries"]) for r in rows(data, "entries-by-period")}
    found = [counts[f"Q{i} 2022/23"] for i in range(1, 5)]
    assert found == [6, 7, 5, 3]
    assert sum(found) == 21
    q1 = rows(data, "actions-in-period", period="period/2022-23-q1")
    assert sorted(r["label"].split()[0] for r in q1) == [
        "Develop", "Launch", "Map", "Procure", "Review", "Review",
    ]  # fmt: skip
    q3 = rows(data, "actions-in-period", period="period/2022-23-q3")
    assert sorted(r["label"].split()[0] for r in q3) == [
        "Launch", "Open", "Review", "Review", "Utilise",
    ]  # fmt: skip
    q4 = rows(data, "actions-in-period", period="period/2022-23-q4")
    assert sorted(r["label"].split()[0] for r in q4) == ["Actively", "Develop", "Set"]


@question("CQ13")
def no_quarter(data: Dataset) -> None:
    """Which top priorities have no action with a quarter in 2022/23."""
    for reading in ("printed", "corrected"):
        found = rows(data, "top-aims-without-period", reading, period="period/2022-23")
        assert column(found, "number") == ["3", "4", "5", "6"]


@question("CQ16")
def fewer_timescales(data: Dataset) -> None:
    """Which priorities have fewer timescales than actions, and which actions have none."""
    found = rows(data, "rows-with-fewer-timescales")
    assert [(r["number"], r["entries"], r["timescales"]) for r in found] == [
        ("2.1", "3", "2"),
        ("3.3", "4", "2"),
    ]
    assert len(rows(data, "unscheduled-actions", "corrected")) == 3
    # As printed, no text pairs 2.1's two timescales with two of its three actions.
    assert len(rows(data, "unscheduled-actions", "printed")) == 5
    uneven = rows(data, "rows-with-uneven-timescales")
    assert ("1.1", "2", "3") in {(r["number"], r["entries"], r["timescales"]) for r in uneven}
    paired = rows(data, "timescales-paired-by-position", "corrected")
    assert len(paired) == 32
    assert len({r["action"] for r in paired}) == 31


@question("CQ19")
def repeated(data: Dataset) -> None:
    """Which actions are listed more than once in Annex 3."""
    found = rows(data, "repeated-things", document="annex-3", level="action")
    places = {r["label"]: r["places"] for r in found}
    assert sorted(places) == [
        (
            "Develop a plan to maximise funding from national and regional partners to improve "
            "financial sustainability and invest in service delivery"
        ),
        (
            "Explore opportunities for Libraries and Heritage to contribute to improved health and "
            "well-being through social prescribing"
        ),
        "Review existing partnerships and establish new/more formal ones",
        MECC,
        (
            "Work with further education, third (charity/voluntary) and commercial sector to "
            "strengthen library’s role in combatting digital exclusion"
        ),
    ]
    assert "row 3," in places[MECC]
    assert "row 4," in places[MECC]
    counts = {
        (r["documentLabel"], r["levelLabel"]): (r["entries"], r["wordings"])
        for r in rows(data, "wordings-by-document")
    }
    assert counts["Annex 3", "action"] == ("53", "48")


@question("CQ21")
def shared_promise(data: Dataset) -> None:
    """Which promise supports several priorities, and how many promises and links there are."""
    found = rows(data, "things-serving-several", level="promise")
    assert [(r["label"], r["names"]) for r in found] == [(SHARED_PROMISE, "3; 4")]
    by_level = {r["levelLabel"]: r["things"] for r in rows(data, "things-per-level")}
    assert by_level["promise"] == "13"
    counts = rows(data, "level-by-level", upper="corporate-priority", lower="promise")
    assert [int(r["direct"]) for r in counts] == [1, 4, 1, 1, 0, 0, 1, 5, 1]
    assert sum(int(r["direct"]) for r in counts) == 14


@question("CQ23")
def children(data: Dataset) -> None:
    """What is done for children and young people."""
    top = "corporate-priority/7"
    below = rows(data, "things-below", thing=top)
    assert column([r for r in below if r["number"]], "number") == ["1.1", "1.2"]
    promises = [r for r in below if r["levelName"] == "promise"]
    assert [r["label"][:40] for r in promises] == ["Strengthen our offer for children, young"]
    claimed = [r for r in rows(data, "themes-by-top-aim") if r["aim"] == top]
    assert column([r for r in claimed if r["levelLabel"] == "promise"],
                  "themeLabel") == ["Partnership", "People"]  # fmt: skip
    actions = {r["label"]: r["below"] for r in below if r["levelName"] == "action"}
    assert sorted(actions) == sorted(
        [
            (
                "Review Libraries engagement programme for children and young people and initiate "
                "enhanced offer"
            ),
            (
                "Support Early Years development and school readiness by implementing Every "
                "Child a Library Member (ECALM) i.e. enabling library membership for children "
                "at birth"
            ),
            "Review libraries and heritage services to schools",
            (
                "Actively recruit volunteers to reflect community profile and increase involvement "
                "of young people in volunteering"
            ),
            "Review Libraries learning offer for children and young people and their families",
            "Identify opportunities for the History Centre to develop learning offer for schools",
            "Review and improve Libraries and Heritage offer to local schools",
            (
                "Identify new partners to deliver a programme a STEAM (Science, Technology, "
                "Engineering, Arts and Mathematics)"
            ),
        ]
    )
    words = {
        label: [r["words"] for r in rows(data, "timescales-of-thing", thing=iri)]
        for label, iri in actions.items()
    }
    assert sorted(words.values()) == [
        ["Q2"], ["Q4"], ["Year 1"], ["Year 1 (Pilot)", "Year 2 (Roll out)"],
        ["Year 2"], ["Year 2"], ["Year 2"], ["Year 2 (ongoing)"],
    ]  # fmt: skip
    only = column(rows(data, "things-in-one-document", document="annex-3", level="action"), "label")
    assert sum(label in only for label in actions) == 2
    assert sorted(r["label"] for r in below if r["levelName"] == "measure") == sorted(
        [
            "Increased number of events aimed at children and young people",
            "Increased take-up of library services by under 5s",
            "Increased % of under 5s registered as library members",
            "Increased Bookstart engagement levels",
            (
                "Increased borrowing by Early Years (ie under 5s) and children and young people in "
                "general"
            ),
            "Increased number of school visits to libraries (especially in targeted areas)",
            "Increased number of learning activities delivered across libraries and heritage",
            "Increased heritage engagement and support for achievement at key stages",
            "Improved planning and communication with schools and education partners",
        ]
    )


@question("CQ25")
def bipc(data: Dataset) -> None:
    """What is done on the BIPC, where and when."""
    found = rows(data, "entries-with-words", text="BIPC")
    labels = {r["label"]: r for r in found}
    launch = (
        "Launch and start to deliver a programme of business support through the Oxfordshire "
        "Business and Intellectual Property Centre and go on to develop and open BIPC 'spokes' "
        "in Banbury, Blackbird Leys and Bicester"
    )
    embed = (
        "Ensure the Oxfordshire business innovation and support sector are embedded in BIPC "
        "delivery"
    )
    network = (
        "Establish a sustainable ‘hub and spoke’ Business and Intellectual Property Centre "
        "(BIPC) network in OCC libraries"
    )
    banbury = "Open new Banbury Library, including spoke BIPC"
    assert len(found) == 4
    assert set(labels) == {launch, embed, network, banbury}
    when = {
        label: [r["words"] for r in rows(data, "timescales-of-thing", thing=row["thing"])]
        for label, row in labels.items()
    }
    assert when == {
        launch: ["Q1", "Q2/Q3"],
        banbury: ["Q3"],
        network: ["Year 1"],
        embed: ["Year 1 (ongoing)"],
    }
    alone = rows(data, "things-in-one-document", document="appendix-3", level="action")
    assert {network, embed} <= set(column(alone, "label"))
    above = rows(data, "things-above", thing=labels[embed]["thing"])
    assert column(above, "above") == [
        "corporate-priority/2",
        "corporate-priority/3",
        "corporate-priority/4",
        "service-priority/3.1",
    ]
    inferred = rows(data, "pairs-no-document-states", "corrected", level="action")
    assert column([r for r in inferred if r["lowerLabel"] == embed], "upperNumber") == [
        "2", "3", "4",
    ]  # fmt: skip
    assert measures(data, "2.3") == [
        "Increased number of women, BAME, young entrepreneurs supported",
        "Number of local entrepreneurs supported to start/grow businesses",
        "Tangible/positive contribution to local economy, especially in targeted areas",
    ]


@question("CQ27")
def storage(data: Dataset) -> None:
    """Where the storage measure stands, and that no document links an action to it."""
    found = rows(data, "entries-with-words", text="storage")
    places = {r["label"]: r["place"] for r in found}
    assert "(2.1), column 4, entry 6 of 6" in places[STORAGE]
    action = next(r for r in found if r["label"].startswith("Review museum, archives"))
    assert action["place"].startswith("Annex 3, row 9,")
    measure = key(data, STORAGE)
    assert column(rows(data, "things-above", thing=measure), "above") == [
        "corporate-priority/8",
        "service-priority/2.1",
    ]
    linked = rows(data, "things-below", thing="service-priority/2.1")
    actions = [r["label"] for r in linked if r["levelName"] == "action"]
    assert len(actions) == 3
    assert not any("storage" in label.lower() for label in actions)
    assert column(rows(data, "things-above", thing=action["thing"]), "above") == [
        "corporate-priority/9"
    ]
    assert rows(data, "documents-stating-link", **{"from": measure, "to": action["thing"]}) == []
    assert column(
        [
            r
            for r in rows(data, "pairs-between-levels", upper="corporate-priority",
                          lower="service-priority")
            if r["upperNumber"] == "9"
        ],
        "lowerNumber",
    ) == ["2.3", "3.2"]  # fmt: skip


@question("CQ29")
def worded_differently(data: Dataset) -> None:
    """Where the documents word or number the same thing differently."""
    differ = rows(data, "wordings-that-differ")
    things = {r["thing"]: (r["number"] or r["label"]) for r in differ}
    assert [(r["number"], r["printed"]) for r in rows(data, "numbers-that-differ")] == [
        ("1.4", "1.5")
    ]
    below = {
        n: column(rows(data, "things-below", thing=f"service-priority/{n}"), "below")
        for n in ("1.4", "2.1", "2.2")
    }
    assert "service-priority/2.2" in things
    assert len(things) == 5
    assert {n: len(set(b) & set(things)) for n, b in below.items()} == {
        "1.4": 1, "2.1": 2, "2.2": 1,
    }  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_question(shipped: Dataset, name: str) -> None:
    """Guards the answer that two readers worked out from the documents."""
    QUESTIONS[name](shipped)


def test_every_question_is_answered() -> None:
    """Guards that no question of the file is passed over."""
    assert len(QUESTIONS) == 15
    if not SHARED.exists():
        pytest.skip("the questions' file is not beside this checkout")
    found = json.loads(SHARED.read_text(encoding="utf-8"))
    assert found
    assert {q["id"] for q in found} == set(QUESTIONS)


# What else people ask of two such documents: a query and the number of rows, counted by hand.
FURTHER = [
    ("things-in-one-document", {"document": "annex-3", "level": "action"}, 17),
    ("things-in-one-document", {"document": "appendix-3", "level": "action"}, 3),
    ("things-in-several-documents", {"level": "action"}, 31),
    ("actions-in-period", {"period": "period/year-3"}, 5),
    ("ongoing-actions", {}, 16),
    ("shared-measures", {}, 5),
    ("things-in-theme", {"theme": "theme/partnership", "level": "level/promise"}, 6),
    ("measures-of-things", {"measured": "service-priority/2.1"}, 7),
    ("truncated-entries", {}, 1),
    ("repairs", {}, 5),
    ("withdrawn-links", {}, 3),
    ("pairs-through-others", {"level": "level/action"}, 46),
    ("phased-actions", {}, 2),
    ("cross-references", {}, 1),
]


@pytest.mark.parametrize(("name", "params", "count"), FURTHER)
def test_further_questions(shipped: Dataset, name: str, params: dict[str, str], count: int) -> None:
    """Guards that questions nobody wrote down have an answer of the right size."""
    assert len(rows(shipped, name, **params)) == count


def test_which_priority_serves_most(shipped: Dataset) -> None:
    """Guards that what serves most comes first."""
    found = rows(shipped, "things-serving-several", level="service-priority")
    assert (found[0]["number"], found[0]["names"]) == ("3.1", "2; 3; 4")
