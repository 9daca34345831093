"""Questions that were answered by hand before the tool was asked: command line and HTTP agree.

`hand-worked.json` has the questions with who asks, the answer in words, where it stands in the
documents, how it is asked and what comes out. A text that ends in … is the beginning of another.
"""

import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from goldenthread.domain.identifiers import short_id
from goldenthread.faces.cli.main import main
from goldenthread.faces.web.app import create_app
from goldenthread.store.dataset import Dataset

Json = Any
HAND = json.loads((Path(__file__).parent / "hand-worked.json").read_text(encoding="utf-8"))
READINGS = {"both": ("corrected", "printed")}
CASES = [(q["id"], q, r) for q in HAND for r in READINGS.get(q["reading"], (q["reading"],))]
LEVELS = ("CorporatePriority", "Promise", "ServicePriority", "Action", "Measure")


@pytest.fixture(scope="module")
def app(shipped: Dataset) -> Any:
    """Return the explorer of the plan that ships."""
    return create_app(shipped)


def commanded(
    asked: Json, reading: str, capsysbinary: pytest.CaptureFixture[bytes], ids: dict[str, str]
) -> Json:
    """Return what the command line answers in JSON."""
    (kind, what), *_ = asked.items()
    if kind == "trace":
        line = ["trace", what["direction"], what["focus"]]
    elif kind == "query":
        params = {k: ids.get(v, v) for k, v in asked["params"].items()}
        line = ["query", what, *(p for k, v in params.items() for p in ("--param", f"{k}={v}"))]
    elif kind == "coverage":
        line = ["coverage", *(p for k, v in what.items() for p in (f"--{k}", v))]
    else:
        line = [kind, *([what] if what else [])]
    assert main([*line, "--format", "json", "--reading", reading]) == 0
    return json.loads(capsysbinary.readouterr().out)


def served(app: Any, asked: Json, reading: str, ids: dict[str, str]) -> Json:
    """Return what the HTTP interface answers in JSON."""
    (kind, what), *_ = asked.items()
    path, values = f"/api/v1/{kind}", what
    if kind == "query":
        path = f"/api/v1/queries/{what}"
        values = {k: ids.get(v, v) for k, v in asked["params"].items()}
    elif kind == "search":
        values = {"q": what}
    elif kind == "gaps":
        values = {}
    status, body = asyncio.run(get(app, path, urlencode({**values, "reading": reading})))
    assert status == 200, body
    return json.loads(body)


async def get(app: Any, path: str, query: str) -> tuple[int, bytes]:
    """Return status and body of one GET, without a network."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1"), (b"accept", b"application/json")],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    await app(scope, receive, send)
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return sent[0]["status"], body


def same(found: list[str], wanted: list[str], begins: bool = True) -> None:
    """Assert that each text wanted is found once, or is the beginning of one, and no other is."""
    assert len(found) == len(wanted), (sorted(found), sorted(wanted))
    for one, other in zip(sorted(found), sorted(wanted), strict=True):
        assert one.startswith(other) if begins else one == other, (one, other)


def judge(question: Json, answer: Json) -> None:
    """Assert that an answer is the one worked out by hand."""
    (kind, _), *_ = question["ask"].items()
    wanted = question["expect"]
    {"trace": threads, "query": table, "coverage": matrix, "gaps": lacking, "search": hits}[kind](
        answer, wanted
    )


def threads(answer: Json, wanted: Json) -> None:
    """Compare a trace level by level, by number where things have one."""
    focus = answer["focus"]["iri"]
    for level in LEVELS:
        nodes = [n for n in answer["nodes"] if n["class"] == level and n["iri"] != focus]
        same([n["notation"] or n["label"] for n in nodes], wanted.get(level, []))


def table(answer: Json, wanted: Json) -> None:
    """Compare some columns of a query's rows, in any order."""
    rows = answer["results"]["bindings"]
    found = [[r[c]["value"] if c in r else "" for c in wanted["columns"]] for r in rows]
    if "only" in wanted:
        column, start = wanted["only"].split("=")
        found = [
            f for f, r in zip(found, rows, strict=True) if r[column]["value"].startswith(start)
        ]
    assert len(found) == len(wanted["rows"]), found
    for one, other in zip(sorted(found), sorted(wanted["rows"]), strict=True):
        for text, hand in zip(one, other, strict=True):
            fits = text.startswith(hand[:-1]) if hand.endswith("…") else text == hand
            assert fits, (one, other)


def matrix(answer: Json, wanted: Json) -> None:
    """Compare the cells of the rows that were worked out."""
    found: dict[str, dict[str, int]] = {short_id(r["iri"]): {} for r in answer["rows"]}
    for cell in answer["cells"]:
        found[short_id(cell["row"])][short_id(cell["column"])] = len(cell["things"])
    assert {k: found[k] for k in wanted} == wanted


def lacking(answer: Json, wanted: Json) -> None:
    """Compare gaps by the short id or the first words of what lacks, and what is missing."""
    found = Counter((g["focus"]["id"], g["focus"]["label"], g["missing"]) for g in answer["gaps"])
    assert sum(found.values()) == len(wanted), sorted(found)
    for who, missing in wanted:
        fits = [f for f in found if f[2] == missing and (f[0] == who or f[1].startswith(who[:-1]))]
        assert len(fits) == 1, (who, missing, fits)


def hits(answer: Json, wanted: Json) -> None:
    """Compare what was found, in any order."""
    same([h["label"] for h in answer["hits"]], wanted)
    assert answer["total"] == len(wanted)


@pytest.mark.parametrize(
    ("question", "reading"), [(q, r) for _, q, r in CASES], ids=[f"{i}-{r}" for i, _, r in CASES]
)
def test_the_answer_is_the_one_worked_out_by_hand(
    shipped: Dataset,
    app: Any,
    capsysbinary: pytest.CaptureFixture[bytes],
    question: Json,
    reading: str,
) -> None:
    """Guards a hand-worked answer, asked of the command line and over HTTP."""
    ids = named(shipped, question["ask"])
    judge(question, commanded(question["ask"], reading, capsysbinary, ids))
    judge(question, served(app, question["ask"], reading, ids))


def named(data: Dataset, asked: Json) -> dict[str, str]:
    """Return the ids of what a query's parameters name by words: pick-lists give them."""
    from goldenthread.store.lookup import resolve

    words = [v for v in asked.get("params", {}).values() if " " in v]
    return {w: short_id(resolve(data, w, "corrected")) for w in words}


def test_questions_are_many_and_of_all_kinds() -> None:
    """Guards that no question is lost, and that each has what a second reader needs."""
    assert len(HAND) >= 59
    assert {next(iter(q["ask"])) for q in HAND} == {"trace", "query", "coverage", "gaps", "search"}
    assert all(q["question"] and q["answer"] and q["source"] for q in HAND)
    assert [q["id"] for q in HAND] == [f"HW{n}" for n in range(1, len(HAND) + 1)]
