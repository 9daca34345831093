"""How much longer a page's first byte takes than its question takes in process, and its weight.

`python benchmarks/pages.py [--runs N]` prints a table and writes it into benchmarks/README.md. The
explorer runs in a process of its own on 127.0.0.1; questions and pages take turns.
"""

import gzip
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import OK, HTTPConnection
from pathlib import Path

from goldenthread.services import covering, describing, finding, gaps, timing
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset

HERE = Path(__file__).parent
START, END = "<!-- pages -->\n", "<!-- /pages -->\n"
FOCUS = "corporate-priority/4"


def questions(data: Dataset) -> dict[str, Callable[[], object]]:
    """Return what each page asks, by its address."""
    iri = finding.resolve(data, FOCUS)
    return {
        f"/trace?focus={FOCUS}": lambda: trace(data, iri),
        f"/trace?focus={FOCUS}&view=table": lambda: trace(data, iri),
        f"/doc/{iri.split('/id/')[1]}": lambda: describing.describe(data, iri),
        "/coverage": lambda: covering.coverage(data, None, None),
        "/gaps": lambda: gaps.gaps(data),
        "/timeline": lambda: timing.timeline(data),
        "/search?q=rural": lambda: finding.search(data, "rural"),
    }


def served() -> tuple[subprocess.Popen[bytes], int]:
    """Start the explorer; return its process and port."""
    command = [sys.executable, "-m", "goldenthread", "serve", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.readline().decode()
    found = re.search(r":(\d+)", said.split(" is at ")[1])
    assert found is not None, said
    return process, int(found[1])


def measure(runs: int) -> list[tuple[str, float, float, int]]:
    """Return address, milliseconds in process and to the first byte, and compressed bytes."""
    data = Dataset.open()
    asked = questions(data)
    process, port = served()
    inside: dict[str, list[float]] = {path: [] for path in asked}
    outside: dict[str, list[float]] = {path: [] for path in asked}
    weight = {}
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        for run in range(runs + 2):
            for path, ask in asked.items():
                begun = time.perf_counter()
                ask()
                between = time.perf_counter()
                connection.request("GET", path)
                answer = connection.getresponse()
                first = time.perf_counter()
                body = answer.read()
                assert answer.status == OK, path
                weight[path] = len(gzip.compress(body))
                if run > 1:  # the first rounds fill caches on both sides
                    inside[path].append((between - begun) * 1000)
                    outside[path].append((first - between) * 1000)
    finally:
        process.terminate()
        process.wait(30)
    middle = statistics.median
    return [(p, middle(inside[p]), middle(outside[p]), weight[p]) for p in asked]


def main() -> None:
    """Measure, write, and print."""
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 30
    lines = [
        "| page | in process, ms | to the first byte, ms | more, ms | compressed, KB |",
        "|---|---|---|---|---|",
    ]
    for path, inside, outside, weight in measure(runs):
        more = outside - inside
        row = f"| `{path}` | {inside:.1f} | {outside:.1f} | {more:.1f} | {weight / 1000:.0f} |"
        lines.append(row)
    made = "\n".join([*lines, "", f"Medians of {runs} rounds. Aim: at most 20 ms more.", ""])
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    if START not in text:
        text = f"{text.rstrip()}\n\n## Pages\n\n{START}{END}"
    head, tail = text.split(START)[0], text.split(END)[1]
    readme.write_text(head + START + made + END + tail, encoding="utf-8", newline="\n")
    print(made)


if __name__ == "__main__":
    main()
