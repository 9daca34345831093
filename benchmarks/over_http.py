"""Measure answers over HTTP against `oxigraph serve` and rdflib-endpoint on the same data.

python benchmarks/over_http.py [--peers FOLDER] [--rounds N] [--seconds S]

Needs wrk (Debian's package). Peers are looked for on the path and in FOLDER: `oxigraph` (PyPI:
oxigraph) and `rdflib-endpoint` (PyPI: rdflib-endpoint[cli]), in an environment of their own. Asks
127.0.0.1 alone, in bounded rounds, and stops what it started.
"""

import json
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PLAN = min(p.parent for p in (ROOT / "data").glob("*/plan.ttl"))
FOCUS = f"https://w3id.org/goldenthread/id/{PLAN.name}/corporate-priority/4"
TRACE = f"""PREFIX gt: <https://w3id.org/goldenthread/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE {{
  {{ SELECT ?thing {{ ?thing gt:supports+ <{FOCUS}> }} }} ?thing rdfs:label ?label }}"""
ACCEPT = "application/sparql-results+json"
CONNECTIONS = 4
START, END = "<!-- http -->\n", "<!-- end of http -->\n"
# A comment that is another one each time: every question is new, none is kept.
VARIED = """
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", wrk.path .. "%%20%%23" .. n .. "-%s")
end
"""


def option(name: str, default: str) -> str:
    """Return an option of the command line."""
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def program(name: str, peers: str) -> str | None:
    """Return where a program is, in the folder of peers or on the path."""
    return shutil.which(name, path=peers) or shutil.which(name) if peers else shutil.which(name)


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[int]:
    """Run a server until the block ends; give its process id once it answers a query."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            for _ in range(240):
                try:
                    with urlopen(Request(url, headers={"Accept": ACCEPT}), timeout=10) as answer:  # noqa: S310 - ours
                        assert json.load(answer)["results"]["bindings"]
                        break
                except OSError:
                    time.sleep(0.25)
            else:
                raise SystemExit(f"{command[0]} did not answer within a minute")
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def used(server: int) -> float:
    """Return the processor seconds that a server and its workers have used, from /proc."""
    parents, times = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        number = int(stat.parent.name)
        parents[number], times[number] = int(fields[1]), int(fields[11]) + int(fields[12])
    family = level = {server}
    while level:
        level = {child for child, parent in parents.items() if parent in level} - family
        family = family | level
    return sum(times.get(number, 0) for number in family) / os.sysconf("SC_CLK_TCK")


def rate(url: str, seconds: int, script: str = "") -> tuple[float, int]:
    """Return the requests a second that are answered with 200, and their number."""
    accept = "application/json" if "/api/" in url else ACCEPT
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Accept: {accept}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        more = ["-s", file.name] if script else []
        done = subprocess.run([*command, *more, url], capture_output=True, text=True, check=True)
    assert "Non-2xx" not in done.stdout, done.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    number = re.search(r"(\d+) requests in", done.stdout)
    assert found, done.stdout
    assert number, done.stdout
    return float(found[1]), int(number[1])


def measure(peers: str, rounds: int, seconds: int) -> dict[str, object]:
    """Return the rates of every server, taken in turns, and their ratios round by round."""
    asked = "?query=" + quote(TRACE)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        reading = folder / "reading.nt"
        export = [sys.executable, "-m", "goldenthread", "export", "nt", "--output", str(reading)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        subprocess.run(export, check=True, env=environment)
        urls: dict[str, tuple[str, bool, int]] = {}
        port = free_port()
        serve = [sys.executable, "-m", "goldenthread", "serve", "--port", str(port)]
        url = f"http://127.0.0.1:{port}/sparql{asked}"
        pid = stack.enter_context(running(serve, url, folder))
        urls["goldenthread, the same question again"] = (url, False, pid)
        urls["goldenthread, each question new"] = (url, True, pid)
        trace = f"http://127.0.0.1:{port}/api/v1/trace?focus={quote(FOCUS)}"
        urls["goldenthread, /api/v1/trace with all its evidence"] = (trace, False, pid)
        if oxigraph := program("oxigraph", peers):
            store, port = folder / "store", free_port()
            load = [oxigraph, "load", "--location", str(store), "--file", str(reading)]
            subprocess.run(load, check=True, capture_output=True)
            bind = ["--location", str(store), "--bind", f"127.0.0.1:{port}"]
            url = f"http://127.0.0.1:{port}/query{asked}"
            pid = stack.enter_context(running([oxigraph, "serve-read-only", *bind], url, folder))
            urls["oxigraph serve-read-only"] = (url, False, pid)
            urls["oxigraph serve-read-only, each question new"] = (url, True, pid)
        if endpoint := program("rdflib-endpoint", peers):
            port = free_port()
            where = ["serve", "--host", "127.0.0.1", "--port", str(port), str(reading)]
            url = f"http://127.0.0.1:{port}/{asked}"
            pid = stack.enter_context(running([endpoint, *where], url, folder))
            urls["rdflib-endpoint"] = (url, False, pid)
        found: dict[str, list[float]] = {name: [] for name in urls}
        costs: dict[str, list[float]] = {name: [] for name in urls}
        for turn in range(rounds):
            for name, (address, varied, server) in urls.items():
                before = used(server)
                speed, number = rate(address, seconds, VARIED % turn if varied else "")
                found[name].append(speed)
                costs[name].append((used(server) - before) / number * 1000)
    return {
        "rounds": rounds,
        "seconds": seconds,
        "connections": CONNECTIONS,
        "requests_a_second": {n: round(statistics.median(r)) for n, r in found.items()},
        "spread": {n: [round(min(r)), round(max(r))] for n, r in found.items()},
        "ratio_to_oxigraph": ratios(found),
        "processor_ms": {n: round(statistics.median(c), 2) for n, c in costs.items()},
        "machine": {"cores": os.cpu_count(), "system": platform.system()},
    }


def ratios(found: dict[str, list[float]]) -> dict[str, float]:
    """Return the median over rounds of each rate to that of Oxigraph asked in the same way."""
    made = {}
    for name, rates in found.items():
        new = ", each question new" if name.endswith("new") else ""
        base = found.get(f"oxigraph serve-read-only{new}")
        if base and not name.startswith("oxigraph"):
            pairs = zip(rates, base, strict=True)
            made[name] = round(statistics.median(mine / theirs for mine, theirs in pairs), 2)
    return made


def table(found: dict[str, object]) -> str:
    """Return the results as the table of the README."""
    rates, spread, ratio = (found[n] for n in ("requests_a_second", "spread", "ratio_to_oxigraph"))
    assert isinstance(rates, dict)
    assert isinstance(spread, dict)
    assert isinstance(ratio, dict)
    costs = found["processor_ms"]
    assert isinstance(costs, dict)
    heads = "requests a second | slowest to fastest round | to Oxigraph | processor ms a request"
    lines = [f"| server | {heads} |", "|---|---|---|---|---|"]
    for name, number in rates.items():
        least, most = spread[name]
        cells = (name, number, f"{least} to {most}", ratio.get(name, ""), costs[name])
        lines.append(f"| {' | '.join(map(str, cells))} |")
    said = f"{found['rounds']} rounds of {found['seconds']} s, {found['connections']} connections"
    return "\n".join([*lines, "", f"{said}, on 127.0.0.1.", ""])


def main() -> None:
    """Measure, write, and print."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: apt-get install wrk")
    rounds, seconds = int(option("--rounds", "5")), int(option("--seconds", "3"))
    found = measure(option("--peers", ""), rounds, seconds)
    text = json.dumps(found, indent=2, sort_keys=True) + "\n"
    (HERE / "results-http.json").write_text(text, encoding="utf-8", newline="\n")
    readme = HERE / "README.md"
    content = readme.read_text(encoding="utf-8")
    head, tail = content.split(START)[0], content.split(END)[1]
    readme.write_text(head + START + table(found) + END + tail, encoding="utf-8", newline="\n")
    print(table(found))


if __name__ == "__main__":
    main()
