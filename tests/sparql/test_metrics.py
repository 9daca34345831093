"""`/metrics` counts what happened, in a form that can be read, with labels from fixed sets."""

import re
from typing import Any

LINE = re.compile(r'^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\.)*",?)+)\})? (\S+)$')


def read(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Return the value of each sample by name and labels, having checked each line."""
    found, kinds = {}, {}
    for line in text.splitlines():
        if line.startswith("#"):
            _, what, name, *rest = line.split(" ", 3)
            assert what in ("HELP", "TYPE")
            if what == "TYPE":
                assert name not in kinds
                kinds[name] = rest[0]
            continue
        match = LINE.match(line)
        assert match, line
        name, labels, value = match[1], match[2] or "", float(match[3])
        assert name in kinds or re.sub("_(bucket|sum|count)$", "", name) in kinds
        pairs = frozenset(re.findall(r'([a-z]+)="([^"]*)"', labels))
        assert (name, pairs) not in found
        found[name, pairs] = value
    return found


def test_requests_and_queries_are_counted(shipped: Any, serve: Any) -> None:
    """Guards the counters: pages by family, the endpoint by outcome, times in a histogram."""
    with serve(shipped) as server:
        server.send("/healthz")
        server.send("/nowhere/at/all")
        server.send("/nowhere-else")
        server.get("ASK {}")
        server.get("ASK {")
        answer = server.send("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = read(answer.body.decode())

    def value(name: str, **labels: str) -> float:
        return found[name, frozenset(labels.items())]

    requests = "goldenthread_requests_total"
    assert value(requests, family="healthz", method="GET", status="200") == 1
    assert value(requests, family="other", method="GET", status="404") == 2
    assert value(requests, family="sparql", method="GET", status="400") == 1
    assert value("goldenthread_sparql_answers_total", outcome="ok") == 1
    assert value("goldenthread_sparql_answers_total", outcome="syntax") == 1
    assert value("goldenthread_sparql_running") == 0
    assert value("goldenthread_sparql_workers_ready") == server.limits.workers + 1
    assert value("goldenthread_request_seconds_count", family="sparql") == 2
    assert value("goldenthread_request_seconds_bucket", family="sparql", le="+Inf") == 2
    assert value("goldenthread_requests_going") == 1
    assert ("goldenthread_info", frozenset()) not in found
    assert value("process_start_time_seconds") > 0


def test_no_client_can_make_more_lines(shipped: Any, serve: Any) -> None:
    """Guards the number of labels: made-up paths and methods are all one."""
    with serve(shipped) as server:
        for number in range(20):
            server.send(f"/made-up-{number}", "GET")
            server.send("/", f"MADE{number}")
        lines = server.send("/metrics").body.decode().splitlines()
    assert len([line for line in lines if line.startswith("goldenthread_requests_total")]) <= 4
    assert not [line for line in lines if "made" in line.lower()]
