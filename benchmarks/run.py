"""Measure cold start and check, and write results.json and the table in README.md.

python benchmarks/run.py [--runs N]
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PLAN = min(p.parent for p in (ROOT / "data").glob("*/plan.ttl"))
FOCUS = "corporate-priority/4"
TOOL = [sys.executable, "-m", "goldenthread"]
TARGETS = {"trace_ratio": 4.0, "check_seconds": 3.0, "drawing_ms": 100.0}
START, END = "<!-- results -->\n", "<!-- end of results -->\n"


def seconds(command: list[str]) -> float:
    """Return how long a process takes from start to end, its output thrown away."""
    before = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    taken = time.perf_counter() - before
    assert done.returncode in (0, 1), done.stderr.decode()
    assert done.stdout, command
    return taken


def in_turns(commands: dict[str, list[str]], runs: int) -> dict[str, list[float]]:
    """Return the seconds of each command; they take turns, so that what else runs hits all."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        seconds(command)
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(seconds(command))
    return found


def measure(runs: int) -> dict[str, object]:
    """Return the medians of all measurements, with ratios taken round by round."""
    query = str(ROOT / "queries" / "trace" / "thread-down.rq")
    thing = f"https://w3id.org/goldenthread/id/{PLAN.name}/{FOCUS}"
    with tempfile.TemporaryDirectory() as folder:
        reading = Path(folder) / "reading.ttl"
        subprocess.run([*TOOL, "export", "ttl", "--output", str(reading)], check=True)
        bare = [sys.executable, str(HERE / "bare.py"), query, thing]
        found = in_turns(
            {
                "bare": [*bare, str(reading)],
                "bare_files": [*bare, *map(str, sorted(PLAN.glob("*.ttl")))],
                "trace": [*TOOL, "trace", "down", FOCUS],
                "trace_json": [*TOOL, "trace", "down", FOCUS, "--format", "json"],
                "python": [sys.executable, "-c", "print(1)"],
            },
            runs,
        )
    found |= in_turns({"check": [*TOOL, "check"]}, max(3, runs // 4))
    ratios = {
        (name, base): statistics.median(
            t / b for t, b in zip(found[name], found[base], strict=True)
        )
        for name in ("trace", "trace_json")
        for base in ("bare", "bare_files")
    }
    drawn = subprocess.run(
        [sys.executable, str(HERE / "drawing.py")], capture_output=True, check=True, text=True
    )
    return {
        "runs": runs,
        "drawing_ms": float(drawn.stdout),
        "seconds": {name: round(statistics.median(times), 3) for name, times in found.items()},
        "spread": {name: [round(min(t), 3), round(max(t), 3)] for name, t in found.items()},
        "trace_ratio": round(ratios["trace", "bare"], 2),
        "trace_json_ratio": round(ratios["trace_json", "bare"], 2),
        "trace_ratio_to_files": round(ratios["trace", "bare_files"], 2),
        "check_seconds": round(statistics.median(found["check"]), 2),
        "targets": TARGETS,
        "machine": {"cores": os.cpu_count(), "system": platform.system()},
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("pyoxigraph", "click", "rdflib", "pyshacl")},
        },
    }


def table(found: dict[str, object]) -> str:
    """Return the results as the table of the README."""
    times, spread = found["seconds"], found["spread"]
    assert isinstance(times, dict)
    assert isinstance(spread, dict)
    names = {
        "python": "`python -c 'print(1)'`",
        "bare": "`bare.py` on the reading: parse and query",
        "bare_files": "`bare.py` on the plan's own files: finds nothing, nothing is derived",
        "trace": f"`goldenthread trace down {FOCUS}`",
        "trace_json": f"`goldenthread trace down {FOCUS} --format json`",
        "check": "`goldenthread check`",
    }
    lines = ["| what | median, s | fastest to slowest, s |", "|---|---|---|"]
    for name, text in names.items():
        least, most = spread[name]
        lines.append(f"| {text} | {times[name]:.3f} | {least:.3f} to {most:.3f} |")
    versions = found["versions"]
    machine = found["machine"]
    assert isinstance(versions, dict)
    assert isinstance(machine, dict)
    used = ", ".join(f"{n} {v}" for n, v in versions.items())
    ratio, as_json, check = (found[n] for n in ("trace_ratio", "trace_json_ratio", "check_seconds"))
    verdict = (
        f"Trace to bare script: **{ratio}** (target: at most 4); as JSON {as_json}; "
        f"to the script on the plan's own files {found['trace_ratio_to_files']}. "
        f"Check: **{check} s** (target: 3 s on 2 cores). "
        f"Drawing of 2,000 things: **{found['drawing_ms']} ms** (target: 100 ms). "
        f"{found['runs']} rounds, {machine['cores']} cores, {machine['system']}, {used}."
    )
    return "\n".join([*lines, "", verdict, ""])


def main() -> None:
    """Measure, write, and print."""
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 15
    found = measure(runs)
    text = json.dumps(found, indent=2, sort_keys=True) + "\n"
    (HERE / "results.json").write_text(text, encoding="utf-8", newline="\n")
    readme = HERE / "README.md"
    content = readme.read_text(encoding="utf-8")
    head, tail = content.split(START)[0], content.split(END)[1]
    made = table(found)
    readme.write_text(head + START + made + END + tail, encoding="utf-8", newline="\n")
    print(made)


if __name__ == "__main__":
    main()
